import { windowsOf } from '../catalogue/customer-level.ts';
import type { Access } from '../catalogue/product.ts';
import { addDays, addPeriods } from '../clock/calendar.ts';
import { type Subscription, type Term, whyNotThere } from './subscription.ts';

/** The moments of a subscription's life, each computed from its state and stored nowhere. */

/** When something expired is frozen: the License code pages say after the grace period, the SaaS pages at expiry (R24). */
export type FreezeMoment = 'grace' | 'expiry';
export type FreezeMoments = Readonly<Record<Access, FreezeMoment>>;

/** The end of the last period; `null` if it has none. A renewal continues the expiry before it, however late it came. */
export const expiresAt = ({ startsAt, terms }: Subscription): number | null => endOf(startsAt, terms);

/** Where the periods of an order end: computed anew, since they move with the opening; `null` if the order has none. */
export function endOfOrder({ startsAt, terms }: Subscription, orderId: string): number | null {
  const index = terms.findIndex((term) => term.orderId === orderId);
  return index === -1 ? null : endOf(startsAt, terms.slice(0, index + 1));
}

/** When the last period began or will begin; `null` if one before it has no end. */
export const lastTermBegins = ({ startsAt, terms }: Subscription): number | null => endOf(startsAt, terms.slice(0, -1));

function endOf(start: number, terms: readonly Term[]): number | null {
  let instant = start;
  for (const { period, count } of terms) {
    if (period === null) return null;
    instant = addPeriods(instant, period, count);
  }
  return instant;
}

export const lastTerm = ({ terms }: Subscription): Term => terms.at(-1) ?? terms[0];

export function freezesAt(subscription: Subscription, moments: FreezeMoments): number | null {
  const expiry = expiresAt(subscription);
  if (expiry === null || moments[subscription.access] === 'expiry') return expiry;
  return addDays(expiry, windows(subscription).grace);
}

export function releasesAt(subscription: Subscription): number | null {
  const expiry = expiresAt(subscription);
  const { grace, retention } = windows(subscription);
  return expiry === null ? null : addDays(expiry, grace + retention);
}

const windows = ({ customerLevel, chargingMode }: Subscription) => windowsOf(customerLevel, chargingMode);

export type Status = 'UNPAID' | 'OPENING' | 'ACTIVE' | 'EXPIRED' | 'FROZEN' | 'RELEASED';

export function statusAt(subscription: Subscription, now: number): Status {
  const { phase, violation } = subscription;
  if (phase !== 'ACTIVE') return phase;
  const expiry = expiresAt(subscription);
  if (expiry !== null && now >= expiry) return 'EXPIRED';
  return violation ? 'FROZEN' : 'ACTIVE';
}

export interface Step {
  readonly kind: 'FREEZE' | 'RELEASE' | 'RENEW';
  readonly at: number;
}

/** The debit of an automatic renewal: seven days before the expiry at 03:00 (`api-bpconsole/api_order_00022`). */
const renewalDays = 7;
const renewalHour = 3;

/** What will happen to a subscription if nobody does anything, the first thing first; nothing once it is released. */
export function nextSteps(subscription: Subscription, moments: FreezeMoments, now: number): readonly Step[] {
  const { phase, autoRenew, trial } = subscription;
  const expiry = expiresAt(subscription);
  if (expiry === null || whyNotThere(subscription) !== undefined) return [];
  if (phase === 'FROZEN') return step('RELEASE', releasesAt(subscription));
  const freeze = step('FREEZE', freezesAt(subscription, moments));
  return autoRenew && !trial ? [...step('RENEW', renewsAt(expiry, now)), ...freeze] : freeze;
}

const step = (kind: Step['kind'], at: number | null): readonly Step[] => (at === null ? [] : [{ kind, at }]);

/** Where that is past, the next 03:00 before the expiry, since the debit is tried daily; `null` if there is none. */
function renewsAt(expiry: number, now: number): number | null {
  let debit = new Date(addDays(expiry, -renewalDays)).setUTCHours(renewalHour, 0, 0, 0);
  if (debit <= now) debit = new Date(now).setUTCHours(renewalHour, 0, 0, 0);
  if (debit <= now) debit = addDays(debit, 1);
  return debit < expiry ? debit : null;
}
