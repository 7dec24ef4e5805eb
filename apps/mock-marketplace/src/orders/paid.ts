import type { Subscription } from '../subscriptions/subscription.ts';
import type { OrderStatus } from './order.ts';
import type { Orders } from './queries.ts';

/** Orders whose money never moved. A failed one was paid, and paid back by the order that unsubscribed it. */
const unpaid: ReadonlySet<OrderStatus> = new Set(['PENDING_PAYMENT', 'AWAITING_SELLER', 'REJECTED', 'CANCELLED']);

/** What was paid for a subscription in all, less what was paid back. */
export const paidFor = (orders: Orders, { id }: Subscription): number =>
  orders.of(id).reduce((sum, { status, amount }) => (unpaid.has(status) ? sum : sum + amount), 0);
