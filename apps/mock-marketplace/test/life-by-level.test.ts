import { expect, test } from 'vitest';
import type { CustomerLevel } from '../src/catalogue/customer-level.ts';
import { productNamed } from '../src/catalogue/product.ts';
import type { License } from '../src/licenses/license.ts';
import { freezeWhenDue, releaseWhenDue } from '../src/licenses/life-cycle.ts';
import { expiresAt, type FreezeMoment, freezesAt, nextStep, releasesAt, statusAt } from '../src/licenses/moments.ts';
import { buy } from '../src/orders/buy.ts';

/** The days of the customer levels, and the moment of FREEZE (R24). */

const ordered = Date.UTC(2026, 2, 1, 12);
const days = (from: number, to: number): number => (to - from) / 86_400_000;

function sold(customerLevel: CustomerLevel): License {
  const product = productNamed('license-yearly');
  if (product === undefined) throw new Error('not sold');
  const decision = buy({ orderId: 'CS1', code: 'PL1', product, customerLevel, quantity: 1 }, ordered);
  if (!decision.ok) throw new Error(decision.refusal);
  return decision.change.license;
}

test.each<[CustomerLevel, number, number]>([
  ['V0', 1, 1],
  ['V1', 1, 7],
  ['V2', 1, 7],
  ['V3', 7, 7],
  ['V4', 7, 15],
  ['V5', 7, 15],
])('%s has %i days of grace, then %i of retention', (level, grace, retention) => {
  const license = sold(level);
  expect(expiresAt(license)).toBe(Date.UTC(2027, 2, 1, 12));
  expect(days(expiresAt(license), freezesAt(license, 'grace'))).toBe(grace);
  expect(days(freezesAt(license, 'grace'), releasesAt(license))).toBe(retention);
});

test('frozen at expiry, a code is released when it would have been anyway', () => {
  const license = sold('V5');
  expect(freezesAt(license, 'expiry')).toBe(expiresAt(license));
  expect(days(expiresAt(license), releasesAt(license))).toBe(22);
});

test.each<FreezeMoment>(['grace', 'expiry'])(
  'each step comes at its second and not before (freeze after %s)',
  (moment) => {
    const license = sold('V3');
    const freeze = freezesAt(license, moment);
    expect(nextStep(license, moment)).toEqual({ kind: 'FREEZE', at: freeze });
    expect(freezeWhenDue(license, freeze - 1000, moment)).toBeUndefined();
    const frozen = freezeWhenDue(license, freeze, moment)?.license;
    if (frozen === undefined) throw new Error('not frozen');
    expect(nextStep(frozen, moment)).toEqual({ kind: 'RELEASE', at: releasesAt(license) });
    expect(releaseWhenDue(frozen, releasesAt(license) - 1000)).toBeUndefined();
    const released = releaseWhenDue(frozen, releasesAt(license))?.license;
    if (released === undefined) throw new Error('not released');
    expect(nextStep(released, moment)).toBeUndefined();
  },
);

test('a code is active, expired in its grace, frozen, released', () => {
  const license = sold('V0');
  const expiry = expiresAt(license);
  expect(statusAt(license, expiry - 1000)).toBe('ACTIVE');
  expect(statusAt(license, expiry)).toBe('EXPIRED');
  expect(statusAt({ ...license, phase: 'FROZEN' }, expiry)).toBe('FROZEN');
  expect(statusAt({ ...license, phase: 'RELEASED' }, expiry)).toBe('RELEASED');
});
