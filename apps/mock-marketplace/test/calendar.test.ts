import { expect, test } from 'vitest';
import { addPeriods, iso } from '../src/clock/calendar.ts';
import { readTarget } from '../src/clock/target.ts';

const at = (text: string): number => Date.parse(text);

test.each([
  ['2026-01-31T10:00:00Z', 'month', '2026-02-28T10:00:00.000Z'],
  ['2024-01-31T10:00:00Z', 'month', '2024-02-29T10:00:00.000Z'],
  ['2024-02-29T23:59:59Z', 'year', '2025-02-28T23:59:59.000Z'],
  ['2026-12-15T00:00:00Z', 'month', '2027-01-15T00:00:00.000Z'],
] as const)('%s and a %s is %s', (from, unit, to) => {
  expect(iso(addPeriods(at(from), unit, 1))).toBe(to);
});

const now = at('2026-01-31T00:00:00Z');

test.each([
  [{ advance: 'P30D' }, '2026-03-02T00:00:00.000Z'],
  [{ advance: 'P1M' }, '2026-02-28T00:00:00.000Z'],
  [{ advance: 'P1Y2DT3H' }, '2027-02-02T03:00:00.000Z'],
  [{ advance: 'PT0S' }, '2026-01-31T00:00:00.000Z'],
  [{ to: '2026-06-01T00:00:00Z' }, '2026-06-01T00:00:00.000Z'],
  [{ to: '2026-06-01T08:00:00+08:00' }, '2026-06-01T00:00:00.000Z'],
])('%j leads to %s', (move, instant) => {
  const target = readTarget(move, now);
  expect(target.ok && iso(target.instant)).toBe(instant);
});

test.each([
  [{}, 'exactly one'],
  [{ advance: 'P1D', to: '2027-01-01T00:00:00Z' }, 'exactly one'],
  [{ advance: '30 days' }, 'no ISO 8601 duration'],
  [{ advance: '' }, 'no ISO 8601 duration'],
  [{ advance: '-P1D' }, 'cannot go back'],
  [{ advance: 'P999999Y' }, 'no ISO 8601 duration'],
  [{ advance: 'P9000Y' }, 'ends at 9998'],
  [{ advance: 'PT0.5S' }, 'whole seconds'],
  [{ to: '2026-01-30T23:59:59Z' }, 'cannot go back'],
  [{ to: '2026-06-01' }, 'no instant'],
  [{ to: '2026-02-30T00:00:00Z' }, 'no instant'],
  [{ to: 'tomorrow' }, 'no instant'],
])('%j leads nowhere: %s', (move, why) => {
  expect(readTarget(move, now)).toEqual({ ok: false, error: expect.stringContaining(why) });
});
