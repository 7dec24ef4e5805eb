import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { Work } from '../../src/ledger/work.ts';
import type { Delivery } from '../../src/outbox/attempt.ts';
import { onPostgres, rowsOf } from '../database.ts';
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
    // As far as anybody can tell, the first one is still at it.
    expect(received).toEqual([]);
    // What ended the one process must not end the next at once: the attempt was counted before it was made.
    expect(await second.rows()).toMatchObject([
      { attempts: 1, next_attempt_at: first.clock.now + 5_000, claimed_until: first.clock.now + leaseMs },
      { attempts: 0 },
    ]);
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

test('an event with whose attempts the process ends again and again is given up like one that fails', async () => {
  const file = await openRig({ channels: {} });
  const tried: number[] = [];
  for (let starts = 0; starts < 30; starts += 1) {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const process = await openRig({
      channels: {
        webhook: ({ attempts }) => {
          tried.push(attempts);
          end();
          return new Promise(() => undefined);
        },
      },
      on: file,
    });
    if (starts === 0) await process.put(numbered('A', 1));
    const [row] = await process.rows();
    file.clock.now = Math.max(row?.next_attempt_at ?? 0, row?.claimed_until ?? 0, file.clock.now);
    await process.worker.round();
    await Promise.race([ended, process.worker.idle()]);
    if ((await process.rows())[0]?.dead_at !== null) break;
  }
  expect(tried).toEqual(Array.from({ length: 22 }, (_, attempts) => attempts));
  expect(await file.rows()).toMatchObject([
    { next_attempt_at: null, problem: 'the process ended during its last attempt' },
  ]);
});

test('an outcome is kept once, even if another process was faster, and takes no later event with it', async () => {
  const late = Promise.withResolvers<Delivery>();
  const first = await openRig({ channels: { handler: () => late.promise } });
  await first.put(numbered('A', 1));
  await expect.poll(async () => (await first.rows())[0]?.attempts).toBe(1);
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

test('of an event that is skipped while it is under way nothing is kept any more, and the next one leaves', async () => {
  const late = Promise.withResolvers<Delivery>();
  const { deliver, received } = collecting(({ data }) => (Object(data).orderLineId === 'A-1' ? late.promise : taken));
  const rig = await openRig({ channels: { handler: deliver } });
  for (const number of [1, 2]) await rig.put(numbered('A', number));
  await expect.poll(async () => (await rig.rows())[0]?.attempts).toBe(1);
  const [row] = await rig.rows();
  expect(await rig.skip(row?.event_id ?? '', undefined)).toBe('skipped');
  await expect.poll(() => received).toHaveLength(1);
  const kept = vi.fn();
  late.resolve({ ok: true, settle: kept });
  await rig.worker.idle();
  expect(kept).not.toHaveBeenCalled();
  expect(await rig.rows()).toMatchObject([{ attempts: 1, dead_at: rig.clock.now, next_attempt_at: null }]);
});

const fullSqlite = [
  `CREATE TRIGGER is_full BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`,
];
const fullPostgres = [
  `CREATE OR REPLACE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql
   AS $$ BEGIN RAISE EXCEPTION 'could not extend file: no space left on device'; END $$`,
  'CREATE TRIGGER is_full BEFORE UPDATE ON outbox FOR EACH ROW EXECUTE FUNCTION is_full()',
];

test('while nothing can be written down, nothing is delivered that would only be delivered again', async () => {
  const { deliver, tried } = collecting();
  const rig = await openRig({ channels: { handler: deliver } });
  for (const sql of onPostgres ? fullPostgres : fullSqlite) await rowsOf(rig.database, sql);
  await rig.put(numbered('A', 1));
  for (let rounds = 0; rounds < 5; rounds += 1) await rig.round();
  expect(tried).toEqual([]);
  expect(rig.log.filter((line) => line.includes('could not be written to'))).toHaveLength(1);
  await rowsOf(rig.database, `DROP TRIGGER is_full${onPostgres ? ' ON outbox' : ''}`);
  await rig.round();
  expect(tried).toHaveLength(1);
  expect(await rig.rows()).toEqual([]);
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
