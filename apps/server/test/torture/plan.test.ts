import { expect, test } from 'vitest';
import { type Plan, planOf } from './plan.ts';

/** The beginning of everything that a plan says. */
function beginningOf(plan: Plan): unknown {
  const lives = [0, 1, 2].flatMap((sender) => [0, 1, 2].map((index) => plan.life(sender, index)));
  const place = { sender: 1, life: 2, step: 0, operation: 0 };
  const manners = [0, 1, 2, 3, 4, 5].map((attempt) => plan.manner({ ...place, attempt }));
  return { kills: plan.kills, lives, manners, aftermath: plan.aftermath(place) };
}

const planFrom = (seed: number): Plan => planOf({ seed, kills: 200, replicas: 1, tag: 'T' });

test('the same seed gives the same plan, whatever was asked of it before; another seed another', () => {
  const asked = planFrom(7);
  asked.manner({ sender: 9, life: 9, step: 9, operation: 9, attempt: 9 });
  expect(beginningOf(planFrom(7))).toEqual(beginningOf(asked));
  expect(beginningOf(planFrom(8))).not.toEqual(beginningOf(asked));
});

test('every kind of kill and of mischief comes up', () => {
  const plan = planFrom(7);
  expect(plan.kills[0]).toHaveLength(200);
  expect(new Set(plan.kills[0]?.map(({ at }) => at)).size).toBe(4);
  const manners = Array.from({ length: 200 }, (_, life) =>
    plan.manner({ sender: 0, life, step: 0, operation: 0, attempt: 0 }),
  );
  expect(new Set(manners.map(({ how }) => how)).size).toBe(4);
  expect(manners.some(({ twice }) => twice) && manners.some(({ forged }) => forged)).toBe(true);
  const operations = Array.from({ length: 100 }, (_, index) => plan.life(0, index)).flatMap(({ steps }) =>
    steps.flat(),
  );
  expect(new Set(operations.map(({ kind }) => kind)).size).toBe(6);
});

test('kills are shared out among the replicas', () => {
  const { kills } = planOf({ seed: 1, kills: 7, replicas: 3, tag: 'T' });
  expect(kills.map(({ length }) => length)).toEqual([3, 2, 2]);
});
