import { release } from '../callbacks/subscription-calls.ts';
import { addDays } from '../clock/calendar.ts';
import { type Decision, decided, refused } from '../subscriptions/change.ts';
import { statusAt } from '../subscriptions/moments.ts';
import { type NotThere, type Subscription, whyNotThere } from '../subscriptions/subscription.ts';
import { type Order, orderFor } from './order.ts';

export type Approval = 'automatic' | 'manual';
export type UnsubscriptionRefusal =
  | NotThere
  | 'claimed'
  | 'awaiting-seller'
  | 'past-validity'
  | 'refund-over'
  | 'trial';

/** Days after the opening in which an unsupervised product is given back without a reason (5天无理由退订). */
const refundDays = 5;

/**
 * The buyer wants the money back, `paid` in all: of a License code until it is claimed, of an instance within five days of
 * its opening, of one that is paid by use at any time, and never past the validity (退订,
 * `huaweicloud.com/guide/category-925e908629ee7aea61046f7d1791ea2726bec0b305576c11f013712d9f75dc73`).
 * The seller agrees at once (`automatic`), or the order waits for a word (`manual`).
 */
export function unsubscribe(
  subscription: Subscription,
  orderId: string,
  { approval, paid, supervised }: { readonly approval: Approval; readonly paid: number; readonly supervised: boolean },
  now: number,
): Decision<UnsubscriptionRefusal> {
  const refusal = whyNotRefundable(subscription, supervised, now);
  if (refusal !== undefined) return refused(refusal);
  const order = orderFor(subscription, {
    orderId,
    type: 'UNSUBSCRIBE',
    orderedAt: now,
    expiresAt: null,
    status: approval === 'automatic' ? 'PROCESSING' : 'AWAITING_SELLER',
    amount: -paid,
  });
  const orderCount = subscription.orderCount + 1;
  if (approval === 'manual') {
    return decided({ subscription: { ...subscription, orderCount, awaiting: orderId }, order, callbacks: [] });
  }
  const released: Subscription = { ...subscription, orderCount, phase: 'RELEASED' };
  return decided({ subscription: released, order, callbacks: [release(released, orderId)] });
}

function whyNotRefundable(
  subscription: Subscription,
  supervised: boolean,
  now: number,
): UnsubscriptionRefusal | undefined {
  const { access, chargingMode, openedAt } = subscription;
  const missing = whyNotThere(subscription);
  if (missing !== undefined) return missing;
  if (subscription.claimedAt !== null) return 'claimed';
  if (subscription.awaiting !== null) return 'awaiting-seller';
  if (subscription.trial) return 'trial';
  const status = statusAt(subscription, now);
  if (status === 'EXPIRED' || subscription.phase === 'FROZEN') return 'past-validity';
  if (access === 'LICENSE_CODE' || chargingMode === 'ON_DEMAND' || supervised) return undefined;
  return openedAt !== null && now > addDays(openedAt, refundDays) ? 'refund-over' : undefined;
}

/** The seller's word on an unsubscription that waits for it. An agreed one releases what it is about. */
export function answerUnsubscription(
  subscription: Subscription,
  order: Order,
  word: 'approve' | 'reject',
): Decision<'nothing-to-answer'> {
  const { orderId } = order;
  if (order.status !== 'AWAITING_SELLER' || subscription.awaiting !== orderId) return refused('nothing-to-answer');
  if (word === 'reject') {
    return decided({
      subscription: { ...subscription, awaiting: null },
      orderStatus: { orderId, status: 'REJECTED' },
      callbacks: [],
    });
  }
  const released: Subscription = { ...subscription, awaiting: null, phase: 'RELEASED' };
  return decided({
    subscription: released,
    orderStatus: { orderId, status: 'PROCESSING' },
    callbacks: [release(released, orderId)],
  });
}
