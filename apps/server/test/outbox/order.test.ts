import { setImmediate as nextTurn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Work } from '../../src/ledger/work.ts';
import { runs } from '../database.ts';
import { bySubject, collecting, refused, taken } from './deliveries.ts';
import { numbered, openRig } from './rig.ts';

describe('events of one subject leave in the order they were put', () => {
  test('whatever fails, and each is delivered once', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ put: fc.constantFrom('A', 'B', 'C') }) },
      { weight: 2, arbitrary: fc.record({ later: fc.integer({ min: 0, max: 20_000 }) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.infiniteStream(fc.nat(3)), async (steps, dice) => {
        const { deliver, received } = collecting(async () => {
          const { value: luck } = dice.next();
          if (luck === 1) await nextTurn();
          if (luck === 2) throw new Error('bad luck');
          return luck === 3 ? refused : taken;
        });
        const rig = await openRig({ channels: { handler: deliver } });
        const put: Record<string, string[]> = {};
        for (const [index, each] of steps.entries()) {
          if ('put' in each) {
            await rig.put(numbered(each.put, index));
            put[each.put] = [...(put[each.put] ?? []), `${each.put}-${index}`];
          } else {
            rig.clock.now += each.later;
            await rig.worker.round();
          }
        }
        await rig.untilEmpty();
        expect(await rig.rows()).toEqual([]);
        expect(bySubject(received)).toEqual(put);
        await rig.stop();
      }),
      { numRuns: runs(25) },
    );
  });

  test('the next is due as soon as the one before it is delivered', async () => {
    const { deliver, received } = collecting();
    const rig = await openRig({ channels: { webhook: deliver } });
    await rig.ledger.run(['A'], function* (): Work<void> {
      for (let number = 1; number <= 30; number += 1) yield* rig.outbox.put(numbered('A', number), rig.clock.now);
    });
    await rig.worker.idle();
    expect(received).toHaveLength(30);
  });

  test('one that fails blocks those of its subject and no others', async () => {
    const { deliver, tried, received } = collecting(({ subject }) => (subject === 'A' ? refused : taken));
    const rig = await openRig({ channels: { webhook: deliver } });
    for (const subject of ['A', 'A', 'B', 'A', 'B']) await rig.put(numbered(subject, tried.length));
    await rig.round();
    expect(tried.filter(({ subject }) => subject === 'A')).toHaveLength(1);
    expect(received.map(({ subject }) => subject)).toEqual(['B', 'B']);
    expect((await rig.rows()).map(({ subject, next_attempt_at }) => [subject, next_attempt_at])).toEqual([
      ['A', rig.clock.now + 5_000],
      ['A', null],
      ['A', null],
    ]);
  });

  test('what a delivery puts itself goes behind what waits for its subject', async () => {
    const { deliver, received } = collecting((event, attempt) =>
      attempt > 1
        ? taken
        : { ok: true, settle: () => rig.outbox.put({ ...numbered(event.subject, 99) }, rig.clock.now) },
    );
    const rig = await openRig({ channels: { handler: deliver } });
    await rig.ledger.run(['A'], function* (): Work<void> {
      for (const number of [1, 2]) yield* rig.outbox.put(numbered('A', number), rig.clock.now);
    });
    await rig.worker.idle();
    expect(bySubject(received)).toEqual({ A: ['A-1', 'A-2', 'A-99'] });
  });
});
