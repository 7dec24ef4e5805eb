import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Step } from '../../src/ledger/sqlite-thread.ts';
import type { Work } from '../../src/ledger/work.ts';
import { fileOf, onPostgres } from '../database.ts';
import { newCipher } from './cipher.ts';
import { collecting, refused } from './deliveries.ts';
import { numbered, openRig } from './rig.ts';

describe('an event is put', () => {
  test('with the transaction it is told in, or not at all', async () => {
    const { deliver, tried } = collecting();
    const rig = await openRig({ channels: { webhook: deliver, handler: deliver } });
    const failed = rig.ledger.run(['A'], function* (): Work<never> {
      yield* rig.outbox.put(numbered('A', 1), rig.clock.now);
      throw new Error('the decision failed after all');
    });
    await expect(failed).rejects.toThrow('after all');
    await rig.worker.idle();
    expect(await rig.rows()).toEqual([]);
    expect(tried).toEqual([]);
  });

  test('and leaves without a round', async () => {
    const { deliver, received } = collecting();
    const rig = await openRig({ channels: { webhook: deliver } });
    await rig.put({ type: 'license.released', subject: 'PL-1', data: { code: 'PL-1', orderId: null } });
    await rig.worker.idle();
    expect(received).toEqual([
      {
        id: expect.stringMatching(/^evt_[\w-]{24}$/),
        type: 'license.released',
        subject: 'PL-1',
        createdAt: rig.clock.now,
        attempts: 0,
        data: { code: 'PL-1', orderId: null },
      },
    ]);
    expect(await rig.rows()).toEqual([]);
  });

  test('once for each channel, under one id', async () => {
    const [webhook, handler] = [collecting(), collecting()];
    const rig = await openRig({ channels: { webhook: webhook.deliver, handler: handler.deliver } });
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    expect(webhook.received).toEqual(handler.received);
    expect(webhook.received).toHaveLength(1);
  });

  test('only for channels that have a use for its type', async () => {
    const [webhook, handler] = [collecting(), collecting()];
    const rig = await openRig({
      channels: { webhook: webhook.deliver, handler: handler.deliver },
      takes: (channel, type) => channel === 'webhook' || type === 'license.released',
    });
    await rig.put(numbered('A', 1));
    await rig.put({ type: 'license.released', subject: 'PL-1', data: {} });
    await rig.worker.idle();
    expect(webhook.received.map(({ subject }) => subject)).toEqual(['A', 'PL-1']);
    expect(handler.received.map(({ subject }) => subject)).toEqual(['PL-1']);
  });

  test('nowhere when there is no channel, without encrypting anything', async () => {
    const cipher = newCipher();
    const seal = vi.spyOn(cipher, 'seal');
    const rig = await openRig({ channels: {}, cipher });
    await rig.put(numbered('A', 1));
    expect(await rig.rows()).toEqual([]);
    expect(seal).not.toHaveBeenCalled();
  });

  test('for a channel that is switched off later, it waits until that is back', async () => {
    const first = await openRig({ channels: { webhook: async () => refused } });
    await first.put(numbered('A', 1));
    await first.worker.idle();
    await first.stop();
    const without = await openRig({ channels: {}, on: first });
    first.clock.now += 60_000;
    await without.round();
    await without.stop();
    const { deliver, received } = collecting();
    const again = await openRig({ channels: { webhook: deliver }, on: first });
    await again.round();
    expect(received).toHaveLength(1);
  });
});

test.skipIf(onPostgres)('what is due and the head of a line are found by an index', async () => {
  const rig = await openRig({ channels: { webhook: async () => refused } });
  const { ledger, outbox, clock } = rig;
  const asked = vi.spyOn(Worker.prototype, 'postMessage');
  await rig.put(numbered('A', 1));
  await rig.worker.idle();
  const [row] = await rig.rows();
  if (row === undefined) throw new Error('it was refused, so it waits');
  await ledger.run(['A'], () => outbox.bury(row, clock.now, 'why'));
  await rig.replay(row.event_id);
  await rig.worker.idle();
  await rig.skip(row.event_id, undefined);
  await rig.replay(row.event_id);
  await rig.worker.idle();
  const [left] = await rig.rows();
  await ledger.run(['A'], () => outbox.settle(left ?? row, clock.now));
  expect(await rig.rows()).toEqual([]);
  const statements = new Set(
    asked.mock.calls
      .flatMap(([message]) => (message as Partial<Step>).statements ?? [])
      .map(([, sql]) => sql)
      .filter((sql) => /\boutbox\b/.test(sql) && !sql.endsWith('ORDER BY id')),
  );
  asked.mockRestore();
  const connection = new DatabaseSync(fileOf(rig.database));
  onTestFinished(() => connection.close());
  expect(statements.size).toBeGreaterThan(5);
  for (const sql of statements) {
    const plan = connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    const steps = plan.map(({ detail }) => String(detail));
    expect(steps.filter((step) => /^SCAN (?!CONSTANT)|TEMP B-TREE/.test(step))).toEqual([]);
  }
});
