import { type Decision, decided, refused } from './change.ts';
import type { License } from './license.ts';

export type ClaimRefusal = 'released' | 'already-claimed' | 'awaiting-seller';

/** The buyer takes the code (用户领取授权码); from then on it may be activated and no longer unsubscribed. */
export function claim(license: License, now: number): Decision<ClaimRefusal> {
  if (license.phase === 'RELEASED') return refused('released');
  if (license.claimedAt !== null) return refused('already-claimed');
  if (license.awaiting !== null) return refused('awaiting-seller');
  return decided({ license: { ...license, claimedAt: now }, callbacks: [] });
}
