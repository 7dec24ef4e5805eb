import type { Records } from '../database/records.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { end, isOver } from './moves.ts';
import type { Supervision } from './supervision.ts';

/**
 * Writes where the supervision of a subscription stands, within the caller's transaction: as it was decided, or ended
 * because the subscription is released.
 */
export function writeSupervision(records: Records, subscription: Subscription, decided: Supervision | undefined): void {
  const { clock, due, supervisions } = records;
  const before = decided ?? (subscription.phase === 'RELEASED' ? supervisions.running(subscription.id) : undefined);
  if (before === undefined) return;
  const now = subscription.phase === 'RELEASED' ? end(before, clock.now()) : before;
  supervisions.save(now);
  const { orderId, closesAt } = now;
  due.cancel(orderId, ['CLOSE_SUPERVISION']);
  if (closesAt !== null && !isOver(now)) {
    due.plan({ at: closesAt, kind: 'CLOSE_SUPERVISION', subject: orderId, lane: subscription.id });
  }
}
