import { changeStatus, release } from '../callbacks/callback.ts';
import type { Change } from './change.ts';
import type { License } from './license.ts';
import { type FreezeMoment, freezesAt, releasesAt } from './moments.ts';

/** What the clock does to a code. Each answers `undefined` when its moment has not come or has passed. */

/** The grace period is over (or the expiry reached, R24) and nobody renewed. */
export function freezeWhenDue(license: License, now: number, moment: FreezeMoment): Change | undefined {
  if (license.phase !== 'ACTIVE' || now < freezesAt(license, moment)) return undefined;
  const frozen: License = { ...license, phase: 'FROZEN' };
  return { license: frozen, callbacks: [changeStatus(frozen, 'FREEZE')] };
}

/** The retention is over. An unsubscription that still waits for the seller lapses. */
export function releaseWhenDue(license: License, now: number): Change | undefined {
  if (license.phase !== 'FROZEN' || now < releasesAt(license)) return undefined;
  const released: License = { ...license, phase: 'RELEASED', awaiting: null };
  const change: Change = { license: released, callbacks: [release(released, null)] };
  return license.awaiting === null
    ? change
    : { ...change, orderStatus: { orderId: license.awaiting, status: 'CANCELLED' } };
}

/**
 * The seller's server took a new expiry: a frozen code that is not due to be frozen any more is unfrozen, and only now,
 * so that it is never usable with its old expiry.
 */
export function unfreezeWhenRefreshed(license: License, now: number, moment: FreezeMoment): Change | undefined {
  if (license.phase !== 'FROZEN' || now >= freezesAt(license, moment)) return undefined;
  const active: License = { ...license, phase: 'ACTIVE' };
  return { license: active, callbacks: [changeStatus(active, 'UNFREEZE')] };
}
