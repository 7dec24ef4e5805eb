import { type MoveRefusal, take } from '../supervision/moves.ts';
import type { Supervision } from '../supervision/supervision.ts';
import { type Decision, decided, refused } from './change.ts';
import { type NotThere, type Subscription, whyNotThere } from './subscription.ts';

export type ClaimRefusal =
  | NotThere
  | 'already-claimed'
  | 'awaiting-seller'
  | 'not-a-license'
  | Exclude<MoveRefusal, 'not-appealing'>;

/**
 * The buyer takes the code (用户领取授权码); from then on it may be activated and no longer unsubscribed. Where a supervision
 * runs, it must have come to that node.
 */
export function claim(subscription: Subscription, now: number, supervision?: Supervision): Decision<ClaimRefusal> {
  if (subscription.access !== 'LICENSE_CODE') return refused('not-a-license');
  const missing = whyNotThere(subscription);
  if (missing !== undefined) return refused(missing);
  if (subscription.claimedAt !== null) return refused('already-claimed');
  if (subscription.awaiting !== null) return refused('awaiting-seller');
  const claimed = { subscription: { ...subscription, claimedAt: now }, callbacks: [] };
  if (supervision === undefined) return decided(claimed);
  const moved = take(supervision, 'claim', now);
  return moved.ok ? decided({ ...claimed, supervision: moved.supervision }) : moved;
}
