import { release } from '../callbacks/subscription-calls.ts';
import { latestInstant } from '../clock/calendar.ts';
import { orderFor } from '../orders/order.ts';
import { type Change, type Decision, decided, refused } from '../subscriptions/change.ts';
import { unfreezeWhenRefreshed } from '../subscriptions/life-cycle.ts';
import { expiresAt, type FreezeMoments } from '../subscriptions/moments.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { appeal, decide, isOver, type MoveRefusal, take } from './moves.ts';
import type { Outcome, Party, Step, Supervision } from './supervision.ts';

/** What the moves of a supervision mean for what was sold. */

export type SupervisionRefusal =
  | MoveRefusal
  | 'opening'
  | 'released'
  | 'awaiting-seller'
  | 'too-late'
  | 'no-opening-date'
  | 'impossible-opening-date';

/** Whatever is supervised, with its supervision. */
interface Supervised {
  readonly subscription: Subscription;
  readonly supervision: Supervision;
}

/** A step that changes nothing but the node. */
export function step(
  { subscription, supervision }: Supervised,
  name: Exclude<Step, 'deliver' | 'accept' | 'claim' | 'activate' | 'close'>,
  text: string | null,
  now: number,
): Decision<SupervisionRefusal> {
  const moved = take(supervision, name, now, text);
  return moved.ok ? decided({ subscription, supervision: moved.supervision, callbacks: [] }) : moved;
}

/** The seller has delivered (商家实施服务), which needs an instance; and may tell when the service really began. */
export function deliver(
  { subscription, supervision }: Supervised,
  text: string | null,
  openingAt: number | null,
  now: number,
): Decision<SupervisionRefusal> {
  const moved = take(supervision, 'deliver', now, text);
  if (!moved.ok) return moved;
  if (subscription.phase === 'OPENING') return refused('opening');
  if (openingAt !== null && supervision.flow === 'LICENSE_CODE') return refused('no-opening-date');
  if (openingAt !== null && (openingAt < subscription.orderedAt || openingAt > now)) {
    return refused('impossible-opening-date');
  }
  return decided({ subscription, supervision: { ...moved.supervision, openingAt }, callbacks: [] });
}

/**
 * The buyer accepts (用户确认验收): the periods run from now, or from the actual opening date. What had expired meanwhile
 * is unfrozen, if its periods last until now.
 */
export function accept(
  { subscription, supervision }: Supervised,
  text: string | null,
  now: number,
  moments: FreezeMoments,
): Decision<SupervisionRefusal> {
  const moved = take(supervision, 'accept', now, text);
  if (!moved.ok) return moved;
  if (subscription.awaiting !== null) return refused('awaiting-seller');
  const accepted: Subscription = { ...subscription, startsAt: supervision.openingAt ?? now };
  if ((expiresAt(accepted) ?? 0) > latestInstant) return refused('too-late');
  const change = unfreezeWhenRefreshed(accepted, now, moments) ?? { subscription: accepted, callbacks: [] };
  return decided({ ...change, supervision: moved.supervision });
}

/** The hours after the acceptance are over: the order is completed. */
export function close({ subscription, supervision }: Supervised, now: number): Change | undefined {
  const moved = take(supervision, 'close', now);
  return moved.ok ? { ...completed(subscription, supervision), supervision: moved.supervision } : undefined;
}

export function appealAgainst(
  { subscription, supervision }: Supervised,
  about: { readonly by: Party; readonly reason: string },
  now: number,
): Decision<SupervisionRefusal> {
  const moved = appeal(supervision, about, now);
  return moved.ok ? decided({ subscription, supervision: moved.supervision, callbacks: [] }) : moved;
}

/** The decision on an appeal. A refund gives back `paid` whatever the node, and releases what was sold. */
export function decideAppeal(
  { subscription, supervision }: Supervised,
  outcome: Outcome,
  { orderId, paid }: { readonly orderId: string; readonly paid: number },
  now: number,
): Decision<SupervisionRefusal> {
  const moved = decide(supervision, outcome, now);
  if (!moved.ok) return moved;
  const shared = { supervision: moved.supervision };
  if (outcome === 'continue') return decided({ subscription, ...shared, callbacks: [] });
  if (subscription.phase === 'OPENING') return refused('opening');
  if (outcome === 'close') return decided({ ...completed(subscription, supervision), ...shared });
  if (subscription.phase === 'RELEASED') return refused('released');
  const { awaiting, orderCount } = subscription;
  const released: Subscription = { ...subscription, awaiting: null, orderCount: orderCount + 1, phase: 'RELEASED' };
  const refund = { orderId, type: 'UNSUBSCRIBE', orderedAt: now, expiresAt: null, status: 'PROCESSING' } as const;
  return decided({
    subscription: released,
    ...shared,
    order: orderFor(subscription, { ...refund, amount: -paid }),
    ...(awaiting === null ? {} : { orderStatus: { orderId: awaiting, status: 'CANCELLED' } }),
    callbacks: [release(released, orderId)],
  });
}

/** Only while the guarantee lasts (交易担保期), and nobody decides on an appeal, the buyer may ask the money back. */
export function whyNotRefundedNow(supervision: Supervision): 'appealing' | 'supervision-over' | undefined {
  if (isOver(supervision) || supervision.node === 'CLOSING') return 'supervision-over';
  return supervision.appeal === null ? undefined : 'appealing';
}

const completed = (subscription: Subscription, { orderId }: Supervision): Change => ({
  subscription,
  orderStatus: { orderId, status: 'COMPLETED' },
  callbacks: [],
});
