import type { Change } from '../subscriptions/change.ts';
import { purchaseOf, type Subscription } from '../subscriptions/subscription.ts';
import { type Order, orderFor } from './order.ts';

/**
 * The seller's server took neither the create nor the upgrade in its time: the order has failed and is unsubscribed with
 * a full refund (`accessg-marketplace/zh-cn_topic_0070649414`). A purchase takes the subscription with it; nothing is
 * called for it, since the seller never named an instance. After a dead upgrade the instance stays as it was.
 */
export function failOrder(subscription: Subscription, order: Order, refundId: string, now: number): Change | undefined {
  if (order.status !== 'PROCESSING') return undefined;
  const isPurchase = order.orderId === purchaseOf(subscription);
  const orderCount = subscription.orderCount + 1;
  return {
    subscription: isPurchase ? { ...subscription, orderCount, phase: 'RELEASED' } : { ...subscription, orderCount },
    order: orderFor(subscription, {
      orderId: refundId,
      type: 'UNSUBSCRIBE',
      productId: order.productId,
      quantity: order.quantity,
      orderedAt: now,
      expiresAt: null,
      status: 'COMPLETED',
      amount: -order.amount,
    }),
    orderStatus: { orderId: order.orderId, status: 'FAILED' },
    callbacks: [],
  };
}
