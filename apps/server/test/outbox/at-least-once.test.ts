import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { Work } from '../../src/ledger/work.ts';
import type { Delivery } from '../../src/outbox/attempt.ts';
import { collecting, hanging, refused, taken } from './deliveries.ts';
import { numbered, openRig } from './rig.ts';

/** How long a row stays with the process that took it: its attempt's 2 s, and 10 s to write down what came of it. */
const leaseMs = 12_000;

describe('a process that dies', () => {
  test('between the delivery and writing it down: the next one delivers again, under the same id', async () => {
    // What it delivered reaches the receiver, and it never gets to hear of it.
    const dying = collecting(() => new Promise<Delivery>(() => undefined));
    const first = await openRig({ channels: { webhook: dying.deliver } });
    for (const number of [1, 2]) await first.put(numbered('A', number));
    await expect.poll(() => dying.tried).toHaveLength(1);
    const { deliver, received } = collecting();
    const second = await openRig({ channels: { webhook: deliver }, on: first });
    await second.round();
    expect(received).toEqual([]); // as far as anybody can tell, the first one is still at it
    first.clock.now += leaseMs;
    await second.round();
    expect(received.map(({ data }) => data)).toEqual([1, 2].map((number) => numbered('A', number).data));
    expect(received[0]?.id).toBe(dying.tried[0]?.id);
    expect(await second.rows()).toEqual([]);
  });

  test('before it delivers anything: the next one does', async () => {
    const first = await openRig({ channels: { handler: hanging } });
    await first.put(numbered('A', 1));
    await first.stop();
    const { deliver, received } = collecting();
    const second = await openRig({ channels: { handler: deliver }, on: first });
    await second.round();
    expect(received).toHaveLength(1);
  });
});

test('an outcome is kept once, even if another process was faster, and takes no later event with it', async () => {
  const late = Promise.withResolvers<Delivery>();
  const first = await openRig({ channels: { handler: () => late.promise } });
  await first.put(numbered('A', 1));
  await expect.poll(first.rows).toHaveLength(1);
  await first.worker.round();
  const faster = await openRig({ channels: { handler: collecting().deliver }, on: first });
  first.clock.now += leaseMs;
  await faster.round();
  await faster.stop();
  // In SQLite it gets the number of the row that is gone.
  const other = await openRig({ channels: { handler: async () => refused }, on: first });
  await other.put(numbered('B', 1));
  await other.worker.idle();
  const keptTwice = vi.fn();
  late.resolve({ ok: true, settle: keptTwice });
  await first.worker.idle();
  expect(keptTwice).not.toHaveBeenCalled();
  expect(await other.rows()).toMatchObject([{ subject: 'B', attempts: 1 }]);
});

describe('what comes of a delivery', () => {
  test('is kept in the transaction that removes the event, or neither is', async () => {
    let works = false;
    const { deliver, tried } = collecting(({ id }) => {
      if (id !== tried[0]?.id) return refused;
      const settle = function* (): Work<void> {
        yield* rig.outbox.put(numbered('A', 2), rig.clock.now);
        if (!works) throw new Error('a defect that quotes secret data');
      };
      return { ok: true, settle };
    });
    const rig = await openRig({ channels: { handler: deliver } });
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    expect(tried).toHaveLength(1);
    expect(await rig.rows()).toMatchObject([
      { subject: 'A', attempts: 1, problem: 'its outcome could not be kept', next_attempt_at: rig.clock.now + 1_000 },
    ]);
    works = true;
    rig.clock.now += 1_000;
    await rig.round();
    expect(await rig.rows()).toMatchObject([{ subject: 'A', attempts: 1 }]);
  });

  test('is not lost when it comes just before the server stops', async () => {
    const answer = Promise.withResolvers<Delivery>();
    const rig = await openRig({ channels: { webhook: () => answer.promise } });
    await rig.put(numbered('A', 1));
    await rig.worker.round();
    answer.resolve(taken);
    await nextTurn();
    await rig.stop();
    expect(await rig.rows()).toEqual([]);
  });
});
