import { describe, expect, test } from 'vitest';
import { pauseAfterFailure } from '../../src/outbox/retry.ts';
import type { Channel } from '../../src/outbox/tables.ts';
import { collecting, hanging, refused, taken } from './deliveries.ts';
import { numbered, openRig } from './rig.ts';

const secondMs = 1_000;
const hourMs = 3_600 * secondMs;
const dayMs = 24 * hourMs;

/** The pauses after every failure until an event is given up, at most 1,000 of them. */
function pauses(channel: Channel, random: number): number[] {
  const all: number[] = [];
  for (let attempts = 0; attempts < 1_000; attempts += 1) {
    const pause = pauseAfterFailure(channel, attempts, random);
    if (pause === undefined) break;
    all.push(pause);
  }
  return all;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

describe('the pauses between attempts', () => {
  test('double from 5 s to 6 hours for a receiver, for about three days', () => {
    const all = pauses('webhook', 0);
    expect(all.slice(0, 4)).toEqual([5, 10, 20, 40].map((seconds) => seconds * secondMs));
    expect(Math.max(...all)).toBe(6 * hourMs);
    expect(all).toEqual(all.toSorted((a, b) => a - b));
    expect(all).toHaveLength(21);
    expect(sum(pauses('webhook', 0.5)) / dayMs).toBeCloseTo(3, 0);
  });

  test('double from 1 s to 10 minutes for a handler, for about three days', () => {
    const all = pauses('handler', 0);
    expect(all.slice(0, 4)).toEqual([1, 2, 4, 8].map((seconds) => seconds * secondMs));
    expect(all).toHaveLength(349);
    expect(all.at(-1)).toBe(600 * secondMs);
    expect(sum(pauses('handler', 0.5)) / dayMs).toBeCloseTo(3, 0);
  });

  test('are never shorter, and up to half as long again, by chance', () => {
    for (const channel of ['webhook', 'handler'] as const) {
      const [shortest, longest] = [pauses(channel, 0), pauses(channel, 0.999)];
      for (const [index, pause] of shortest.entries()) {
        expect(longest[index]).toBeGreaterThan(pause);
        expect(longest[index]).toBeLessThan(pause * 1.5);
      }
    }
  });
});

describe('an event that is not taken', () => {
  test('is tried again after each pause and not earlier', async () => {
    const { deliver, tried } = collecting((_event, attempt) => (attempt < 4 ? refused : taken));
    const rig = await openRig({ channels: { webhook: deliver } });
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    for (const [index, pause] of [5, 10, 20].entries()) {
      rig.clock.now += pause * secondMs - 1;
      await rig.round();
      expect(tried).toHaveLength(index + 1);
      expect(await rig.rows()).toMatchObject([{ attempts: index + 1, problem: 'not today' }]);
      rig.clock.now += 1;
      await rig.round();
      expect(tried).toHaveLength(index + 2);
    }
    expect(await rig.rows()).toEqual([]);
    expect(tried.map(({ attempts }) => attempts)).toEqual([0, 1, 2, 3]);
    expect(new Set(tried.map(({ id }) => id)).size).toBe(1);
  });

  test('is given up by a receiver in the end, and the next of its subject goes on', async () => {
    const { deliver, tried, received } = collecting(({ data }) =>
      Object(data).orderLineId === 'A-1' ? refused : taken,
    );
    const rig = await openRig({ channels: { webhook: deliver } });
    for (const number of [1, 2]) await rig.put(numbered('A', number));
    await rig.untilEmpty();
    expect(tried).toHaveLength(23);
    expect(received.map(({ data }) => data)).toEqual([numbered('A', 2).data]);
    expect(await rig.rows()).toMatchObject([
      { attempts: 22, dead_at: rig.clock.now, next_attempt_at: null, problem: 'not today' },
    ]);
  });

  test('is given up by a handler too, so that it does not hold its subject up for ever', async () => {
    const { deliver, tried, received } = collecting(({ data }) =>
      Object(data).orderLineId === 'A-1' ? refused : taken,
    );
    const rig = await openRig({ channels: { handler: deliver } });
    for (const number of [1, 2]) await rig.put(numbered('A', number));
    await rig.untilEmpty();
    expect(tried).toHaveLength(351);
    expect(received.map(({ data }) => data)).toEqual([numbered('A', 2).data]);
    expect(await rig.rows()).toMatchObject([{ attempts: 350, dead_at: rig.clock.now, problem: 'not today' }]);
  });

  test.each([
    ['rejects', async () => Promise.reject(new TypeError('cannot read secret-of-a-buyer')), 'it failed with TypeError'],
    [
      'throws at once',
      () => {
        throw new RangeError('secret-of-a-buyer');
      },
      'it failed with RangeError',
    ],
    ['throws what is no error', async () => Promise.reject('secret-of-a-buyer'), 'it failed with an error'],
    [
      'throws an error with a name of its own',
      async () => Promise.reject(Object.assign(new Error('x'), { name: 'secret-of-a-buyer' })),
      'it failed with an error',
    ],
  ])('because the delivery %s: nothing of what was thrown is kept or logged', async (_name, deliver, problem) => {
    const rig = await openRig({ channels: { webhook: deliver } });
    await rig.put(numbered('A', 1));
    await rig.worker.idle();
    expect(await rig.rows()).toMatchObject([{ attempts: 1, problem }]);
    expect(rig.log.join('\n')).toContain(problem);
    expect(rig.log.join('\n')).not.toContain('secret-of-a-buyer');
  });
});

describe('a delivery that hangs', () => {
  test('has failed after its time, and makes room', async () => {
    const rig = await openRig({ channels: { webhook: hanging }, limitMs: { webhook: 20 } });
    for (let number = 1; number <= 45; number += 1) await rig.put(numbered(`S-${number}`, 1));
    await rig.worker.idle();
    expect((await rig.rows()).map(({ attempts, problem }) => [attempts, problem])).toEqual(
      Array.from({ length: 45 }, () => [1, 'it took more than 0.02 s']),
    );
  });

  test('is told by its signal that it was given up', async () => {
    const told = Promise.withResolvers<boolean>();
    const rig = await openRig({
      channels: {
        webhook: (_event, signal) => {
          signal.addEventListener('abort', () => told.resolve(signal.aborted));
          return new Promise(() => undefined);
        },
      },
      limitMs: { webhook: 20 },
    });
    await rig.put(numbered('A', 1));
    expect(await told.promise).toBe(true);
  });

  test('takes no room from the other channel, and only 20 hang at a time', async () => {
    let hung = 0;
    const { deliver, received } = collecting();
    const rig = await openRig({
      channels: {
        webhook: () => {
          hung += 1;
          return new Promise(() => undefined);
        },
        handler: deliver,
      },
      limitMs: { webhook: 60_000 },
    });
    for (let number = 1; number <= 60; number += 1) await rig.put(numbered(`S-${number}`, 1));
    await expect.poll(() => received).toHaveLength(60);
    for (let round = 0; round < 3; round += 1) await rig.worker.round();
    expect(hung).toBe(20);
    await expect.poll(rig.rows).toHaveLength(60);
  });

  test('is not tried a second time while it lasts', async () => {
    let tried = 0;
    const rig = await openRig({
      channels: {
        handler: () => {
          tried += 1;
          return new Promise(() => undefined);
        },
      },
    });
    await rig.put(numbered('A', 1));
    await expect.poll(() => tried).toBe(1);
    for (let round = 0; round < 5; round += 1) {
      rig.clock.now += 60_000;
      await rig.worker.round();
    }
    expect(tried).toBe(1);
  });
});

test('when the server stops, what is under way is aborted and stays due as it was', async () => {
  let aborted = 0;
  let begun = 0;
  const rig = await openRig({
    channels: {
      webhook: (_event, signal) =>
        new Promise((resolve) => {
          begun += 1;
          signal.addEventListener('abort', () => {
            aborted += 1;
            resolve(refused);
          });
        }),
      handler: hanging,
    },
  });
  for (const subject of ['A', 'B']) await rig.put(numbered(subject, 1));
  await expect.poll(() => begun).toBe(2);
  await rig.stop();
  expect(aborted).toBe(2);
  expect(await rig.rows()).toHaveLength(4);
  for (const row of await rig.rows()) {
    expect(row).toMatchObject({ attempts: 0, next_attempt_at: rig.clock.now, problem: null, dead_at: null });
  }
});

test('many subjects leave side by side, at most 20 at a time', async () => {
  const { deliver, received, mostAtOnce } = collecting(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return taken;
  });
  const rig = await openRig({ channels: { webhook: deliver } });
  await Promise.all(Array.from({ length: 100 }, (_, index) => rig.put(numbered(`S-${index}`, 1))));
  await rig.worker.idle();
  expect(received).toHaveLength(100);
  expect(mostAtOnce()).toBe(20);
});
