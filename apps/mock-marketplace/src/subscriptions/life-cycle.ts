import { changeStatus, release } from '../callbacks/subscription-calls.ts';
import type { Change } from './change.ts';
import { type FreezeMoments, freezesAt, releasesAt } from './moments.ts';
import type { Subscription } from './subscription.ts';

/** What the clock does to a subscription. Each answers `undefined` when its moment has not come or has passed. */

/** The grace period is over (or the expiry reached, R24) and nobody renewed. What a violation froze stays so, silently. */
export function freezeWhenDue(subscription: Subscription, now: number, moments: FreezeMoments): Change | undefined {
  const due = freezesAt(subscription, moments);
  if (subscription.phase !== 'ACTIVE' || due === null || now < due) return undefined;
  const frozen: Subscription = { ...subscription, phase: 'FROZEN' };
  return { subscription: frozen, callbacks: subscription.violation ? [] : [changeStatus(frozen, 'FREEZE')] };
}

/** The retention is over. An unsubscription that still waits for the seller lapses. */
export function releaseWhenDue(subscription: Subscription, now: number): Change | undefined {
  const due = releasesAt(subscription);
  if (subscription.phase !== 'FROZEN' || due === null || now < due) return undefined;
  const released: Subscription = { ...subscription, phase: 'RELEASED', awaiting: null };
  const change: Change = { subscription: released, callbacks: [release(released, null)] };
  return subscription.awaiting === null
    ? change
    : { ...change, orderStatus: { orderId: subscription.awaiting, status: 'CANCELLED' } };
}

/**
 * The seller's server took a new expiry: what is frozen and not due to be frozen any more is unfrozen, and only now, so
 * that it is never usable with its old expiry.
 */
export function unfreezeWhenRefreshed(
  subscription: Subscription,
  now: number,
  moments: FreezeMoments,
): Change | undefined {
  const due = freezesAt(subscription, moments);
  if (subscription.phase !== 'FROZEN' || (due !== null && now >= due)) return undefined;
  const active: Subscription = { ...subscription, phase: 'ACTIVE' };
  return { subscription: active, callbacks: subscription.violation ? [] : [changeStatus(active, 'UNFREEZE')] };
}
