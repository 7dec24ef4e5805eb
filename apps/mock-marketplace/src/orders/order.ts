import { OrderType } from '@koobridge/contracts';
import * as z from 'zod';
import { lastTerm } from '../subscriptions/moments.ts';
import type { Subscription } from '../subscriptions/subscription.ts';

/**
 * `PROCESSING` until the code is activated, the instance opened or the delivery accepted (NEW), or the seller's server took
 * the callback (all others). An unsubscription may first wait for the seller, who may reject it, or lapse because what it
 * is about was released meanwhile. `FAILED` when the seller's server never took it: the store unsubscribes it.
 */
export const OrderStatus = z.enum([
  'PENDING_PAYMENT',
  'PROCESSING',
  'COMPLETED',
  'AWAITING_SELLER',
  'REJECTED',
  'CANCELLED',
  'FAILED',
]);
export type OrderStatus = z.output<typeof OrderStatus>;

/** An order of one line. Instants are those of the life-cycle clock. */
export const Order = z.object({
  orderId: z.string(),
  type: OrderType,
  subscription: z.string(),
  productId: z.string(),
  quantity: z.number(),
  orderedAt: z.number(),
  /** The expiry this order led to when it was placed; none without an end, and for an unsubscription of the whole. */
  expiresAt: z.number().nullable(),
  status: OrderStatus,
  /** What was paid; below zero for what is refunded. */
  amount: z.number(),
});
export type Order = z.output<typeof Order>;

type Optional = 'productId' | 'quantity' | 'amount';

/** An order for a subscription: for the product of its last period, its quantity and nothing to pay, unless told otherwise. */
export function orderFor(
  subscription: Subscription,
  order: Omit<Order, 'subscription' | Optional> & Partial<Pick<Order, Optional>>,
): Order {
  const { id, quantity } = subscription;
  return { subscription: id, productId: lastTerm(subscription).productId, quantity, amount: 0, ...order };
}
