import { type Decision, decided, refused } from './change.ts';
import type { Subscription } from './subscription.ts';

export type ClaimRefusal = 'released' | 'already-claimed' | 'awaiting-seller' | 'not-a-license';

/** The buyer takes the code (用户领取授权码); from then on it may be activated and no longer unsubscribed. */
export function claim(subscription: Subscription, now: number): Decision<ClaimRefusal> {
  if (subscription.access !== 'LICENSE_CODE') return refused('not-a-license');
  if (subscription.phase === 'RELEASED') return refused('released');
  if (subscription.claimedAt !== null) return refused('already-claimed');
  if (subscription.awaiting !== null) return refused('awaiting-seller');
  return decided({ subscription: { ...subscription, claimedAt: now }, callbacks: [] });
}
