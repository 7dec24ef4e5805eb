import type * as z from 'zod';
import { iso, isoOrNull } from '../clock/calendar.ts';
import { endOfOrder } from '../subscriptions/moments.ts';
import { licenseOf, lineOf, type Subscription } from '../subscriptions/subscription.ts';
import type { Order } from './order.ts';
import type { OrderView } from './routes.ts';

export function orderView(order: Order, subscription: Subscription | undefined): z.output<typeof OrderView> {
  const { orderId, type, status, productId, quantity, amount, orderedAt } = order;
  return {
    orderId,
    orderLineId: lineOf(orderId),
    type,
    status,
    subscription: order.subscription,
    ...namesOf(subscription),
    productId,
    quantity,
    amount,
    orderedAt: iso(orderedAt),
    expiresAt: isoOrNull(expiryOf(order, subscription)),
  };
}

/** Where an order leads: moved with the periods it is for, as it was placed where it is for none. */
export const expiryOf = (order: Order, subscription: Subscription | undefined): number | null =>
  (subscription === undefined ? null : endOfOrder(subscription, order.orderId)) ?? order.expiresAt;

/** How a subscription is named outside the store, as far as it is. */
export function namesOf(subscription: Subscription | undefined): { license?: string; instanceId?: string } {
  if (subscription === undefined) return {};
  const license = licenseOf(subscription);
  const { instanceId } = subscription;
  return { ...(license === null ? {} : { license }), ...(instanceId === null ? {} : { instanceId }) };
}
