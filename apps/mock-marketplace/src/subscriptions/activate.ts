import type { OpenApiErrorCode } from '@koobridge/contracts';
import { latestInstant } from '../clock/calendar.ts';
import { take } from '../supervision/moves.ts';
import type { Supervision } from '../supervision/supervision.ts';
import { type Decision, decided, refused } from './change.ts';
import { expiresAt, statusAt } from './moments.ts';
import { purchaseOf, type Subscription } from './subscription.ts';

/** The documented codes an activation may fail with (错误码, `accessg-marketplace/zh-cn_topic_0070649195`). */
export type ActivationError = Extract<OpenApiErrorCode, '92020002' | '92020003' | '92020004'>;

/**
 * Activates a claimed code, once. Its periods then run from `effectTime` (the clock's now if absent), which must not lie
 * before the order. A code past its expiry is in an illegal state, as is a released one, and one whose supervision is
 * frozen; a supervision that runs goes on to the proof of delivery, and the order is completed when that is over.
 */
export function activate(
  license: Subscription,
  effectTime: number | undefined,
  now: number,
  supervision?: Supervision,
): Decision<ActivationError> {
  if (license.activatedAt !== null || statusAt(license, now) !== 'ACTIVE') return refused('92020003');
  if (license.claimedAt === null) return refused('92020004');
  const startsAt = effectTime ?? now;
  if (startsAt < license.orderedAt || startsAt > latestInstant) return refused('92020002');
  const activated: Subscription = { ...license, startsAt, activatedAt: now, openedAt: now };
  if ((expiresAt(activated) ?? 0) > latestInstant) return refused('92020002');
  if (supervision !== undefined) {
    const moved = take(supervision, 'activate', now);
    if (!moved.ok) return refused('92020003');
    return decided({ subscription: activated, supervision: moved.supervision, callbacks: [] });
  }
  return decided({
    subscription: activated,
    orderStatus: { orderId: purchaseOf(license), status: 'COMPLETED' },
    callbacks: [],
  });
}
