import { expect, test } from 'vitest';
import type { CustomerLevel } from '../src/catalogue/customer-level.ts';
import { seededProducts } from '../src/catalogue/seeds.ts';
import { buy } from '../src/orders/buy.ts';
import { freezeWhenDue, releaseWhenDue } from '../src/subscriptions/life-cycle.ts';
import {
  expiresAt,
  type FreezeMoment,
  type FreezeMoments,
  freezesAt,
  nextSteps,
  releasesAt,
  statusAt,
} from '../src/subscriptions/moments.ts';
import type { Subscription } from '../src/subscriptions/subscription.ts';

/** The days of the customer levels, and the moment of FREEZE (R24). */

const ordered = Date.UTC(2026, 2, 1, 12);
const days = (from: number, to: number): number => (to - from) / 86_400_000;

const all = (moment: FreezeMoment): FreezeMoments => ({
  LICENSE_CODE: moment,
  SAAS: moment,
  ONLINE_LICENSE: moment,
});

function sold(level: CustomerLevel, name = 'license-yearly'): Subscription {
  const product = seededProducts.find((one) => one.product === name);
  if (product === undefined) throw new Error('not sold');
  const customer = { customer: 'customer', name: 'A customer', level };
  const shared = {
    orderId: 'CS1',
    id: 'PL1',
    sale: 'ON_SALE',
    quantity: 1,
    periods: 1,
    trial: false,
    paid: true,
  } as const;
  const decision = buy({ ...shared, product, customer }, ordered);
  if (!decision.ok) throw new Error(decision.refusal);
  return decision.change.subscription;
}

/** Instants of what has an end. */
const expiry = (subscription: Subscription): number => expiresAt(subscription) ?? Number.NaN;
const freezing = (subscription: Subscription, moment: FreezeMoment): number =>
  freezesAt(subscription, all(moment)) ?? Number.NaN;
const releasing = (subscription: Subscription): number => releasesAt(subscription) ?? Number.NaN;

test.each<[CustomerLevel, number, number]>([
  ['V0', 1, 1],
  ['V1', 1, 7],
  ['V2', 1, 7],
  ['V3', 7, 7],
  ['V4', 7, 15],
  ['V5', 7, 15],
])('%s has %i days of grace, then %i of retention', (level, grace, retention) => {
  const license = sold(level);
  expect(expiry(license)).toBe(Date.UTC(2027, 2, 1, 12));
  expect(days(expiry(license), freezing(license, 'grace'))).toBe(grace);
  expect(days(freezing(license, 'grace'), releasing(license))).toBe(retention);
});

test('frozen at expiry, a code is released when it would have been anyway', () => {
  const license = sold('V5');
  expect(freezing(license, 'expiry')).toBe(expiry(license));
  expect(days(expiry(license), releasing(license))).toBe(22);
});

test.each<FreezeMoment>(['grace', 'expiry'])(
  'each step comes at its second and not before (freeze after %s)',
  (moment) => {
    const license = sold('V3');
    const moments = all(moment);
    const freeze = freezing(license, moment);
    expect(nextSteps(license, moments, ordered)).toEqual([{ kind: 'FREEZE', at: freeze }]);
    expect(freezeWhenDue(license, freeze - 1000, moments)).toBeUndefined();
    const frozen = freezeWhenDue(license, freeze, moments)?.subscription;
    if (frozen === undefined) throw new Error('not frozen');
    expect(nextSteps(frozen, moments, ordered)).toEqual([{ kind: 'RELEASE', at: releasing(license) }]);
    expect(releaseWhenDue(frozen, releasing(license) - 1000)).toBeUndefined();
    const released = releaseWhenDue(frozen, releasing(license))?.subscription;
    if (released === undefined) throw new Error('not released');
    expect(nextSteps(released, moments, ordered)).toEqual([]);
  },
);

test('a code is active, expired in its grace, frozen, released', () => {
  const license = sold('V0');
  const end = expiry(license);
  expect(statusAt(license, end - 1000)).toBe('ACTIVE');
  expect(statusAt(license, end)).toBe('EXPIRED');
  expect(statusAt({ ...license, phase: 'FROZEN' }, end)).toBe('FROZEN');
  expect(statusAt({ ...license, phase: 'RELEASED' }, end)).toBe('RELEASED');
});
