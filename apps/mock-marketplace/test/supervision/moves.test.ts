import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appeal, decide, end, isOver, stepsFrom, take } from '../../src/supervision/moves.ts';
import {
  beginSupervision,
  type Entry,
  Outcome,
  Party,
  Step,
  type Supervision,
} from '../../src/supervision/supervision.ts';

type Move =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'appeal'; readonly by: Party }
  | { readonly kind: 'decide'; readonly outcome: Outcome }
  | { readonly kind: 'end' };

/** Steps most of the time; a few of the rest, since each may end it. */
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ kind: fc.constant('step' as const), step: fc.constantFrom(...Step.options) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('appeal' as const), by: fc.constantFrom(...Party.options) }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('decide' as const), outcome: fc.constantFrom(...Outcome.options) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'end' as const }) },
);

function apply(supervision: Supervision, move: Move, now: number): Supervision {
  const moved =
    move.kind === 'step'
      ? take(supervision, move.step, now)
      : move.kind === 'appeal'
        ? appeal(supervision, { by: move.by, reason: 'why' }, now)
        : move.kind === 'decide'
          ? decide(supervision, move.outcome, now)
          : { ok: true as const, supervision: end(supervision, now) };
  return moved.ok ? moved.supervision : supervision;
}

const access = fc.constantFrom('LICENSE_CODE' as const, 'SAAS' as const, 'ONLINE_LICENSE' as const);

/** The last steps before it was done, in their order, whatever was rejected before. */
const road = {
  LICENSE_CODE: ['deliver', 'claim', 'activate', 'proof', 'close'],
  STANDARD: ['submit', 'confirm', 'deliver', 'accept', 'close'],
} as const satisfies Record<Supervision['flow'], readonly Entry['what'][]>;

test('nothing is done without all of its nodes, each in its turn', () => {
  let done = 0;
  fc.assert(
    fc.property(access, fc.array(anyMove, { maxLength: 200, size: 'max' }), (its, moves) => {
      let supervision = beginSupervision('order', 'subscription', its);
      moves.forEach((move, now) => {
        supervision = apply(supervision, move, now);
      });
      if (supervision.node !== 'DONE') return;
      done += 1;
      const taken = supervision.history.map(({ what }) => what);
      let from = 0;
      for (const step of road[supervision.flow]) {
        from = taken.indexOf(step, from) + 1;
        expect(from, `${step} in ${taken.join(' ')}`).toBeGreaterThan(0);
      }
      expect(taken.slice(-2).at(-1)).toBe('close');
      if (supervision.flow === 'STANDARD') {
        const lastRejection = taken.lastIndexOf('reject');
        expect(taken.slice(lastRejection + 1)).toContain('accept');
      }
    }),
    { numRuns: 3000 },
  );
  expect(done).toBeGreaterThan(20); // otherwise nothing was shown
});

test('a frozen one refuses everything but the decision, and goes on exactly where it stood', () => {
  fc.assert(
    fc.property(access, fc.array(fc.constantFrom(...Step.options), { maxLength: 60 }), (its, steps) => {
      let supervision = beginSupervision('order', 'subscription', its);
      steps.forEach((step, now) => {
        supervision = apply(supervision, { kind: 'step', step }, now);
      });
      fc.pre(!isOver(supervision));
      const frozen = appeal(supervision, { by: 'BUYER', reason: 'why' }, 1000);
      if (!frozen.ok) throw new Error('an open one can be appealed against');
      expect(stepsFrom(frozen.supervision)).toEqual([]);
      for (const step of Step.options) {
        expect(take(frozen.supervision, step, 1001)).toEqual({ ok: false, refusal: 'appealing' });
      }
      const again = appeal(frozen.supervision, { by: 'SELLER', reason: 'why' }, 1001);
      expect(again).toEqual({ ok: false, refusal: 'appealing' });
      const decided = decide(frozen.supervision, 'continue', 1002);
      if (!decided.ok) throw new Error('an appeal can be decided on');
      expect(decided.supervision).toMatchObject({ node: supervision.node, appeal: null });
      expect(stepsFrom(decided.supervision)).toEqual(stepsFrom(supervision));
    }),
  );
});

test('what is over stays as it is', () => {
  fc.assert(
    fc.property(
      access,
      fc.array(anyMove, { maxLength: 100, size: 'max' }),
      fc.array(anyMove, { maxLength: 20 }),
      (its, moves, more) => {
        let supervision = beginSupervision('order', 'subscription', its);
        for (const move of moves) supervision = apply(supervision, move, 1);
        fc.pre(isOver(supervision));
        for (const move of more) expect(apply(supervision, move, 2)).toBe(supervision);
      },
    ),
  );
});

test('the steps that are offered are those that can be taken', () => {
  fc.assert(
    fc.property(access, fc.array(anyMove, { maxLength: 60, size: 'max' }), (its, moves) => {
      let supervision = beginSupervision('order', 'subscription', its);
      for (const move of moves) {
        const possible = Step.options.filter((step) => take(supervision, step, 0).ok);
        expect(stepsFrom(supervision).toSorted()).toEqual(possible.toSorted());
        supervision = apply(supervision, move, 0);
      }
    }),
  );
});

test('a decision ends it as it says', () => {
  const begun = beginSupervision('order', 'subscription', 'SAAS');
  const frozen = appeal(begun, { by: 'SELLER', reason: 'unreachable' }, 1);
  if (!frozen.ok) throw new Error('an open one can be appealed against');
  expect(decide(frozen.supervision, 'close', 2)).toMatchObject({ supervision: { node: 'CLOSED', appeal: null } });
  expect(decide(frozen.supervision, 'refund', 2)).toMatchObject({ supervision: { node: 'REFUNDED' } });
  expect(decide(begun, 'refund', 2)).toEqual({ ok: false, refusal: 'not-appealing' });
});

test('the latest hundred entries are kept', () => {
  let supervision = beginSupervision('order', 'subscription', 'SAAS');
  for (let now = 0; now < 300; now += 1) {
    supervision = apply(supervision, { kind: 'step', step: now % 2 === 0 ? 'submit' : 'reject' }, now);
  }
  expect(supervision.history).toHaveLength(100);
  expect(supervision.history.at(-1)?.at).toBe(299);
});
