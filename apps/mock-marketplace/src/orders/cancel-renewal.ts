import { refresh } from '../callbacks/subscription-calls.ts';
import { type Decision, decided, refused } from '../subscriptions/change.ts';
import { expiresAt, lastTerm, lastTermBegins } from '../subscriptions/moments.ts';
import { type NotThere, type Subscription, whyNotThere } from '../subscriptions/subscription.ts';
import { type Order, orderFor } from './order.ts';

export type CancellationRefusal = NotThere | 'awaiting-seller' | 'no-renewal-ahead';

/**
 * Takes back the latest renewal, as long as its period has not begun (退订续费周期): there is the earlier expiry again, and
 * the renewal's money is refunded.
 */
export function cancelRenewal(
  subscription: Subscription,
  orderId: string,
  renewal: Order | undefined,
  now: number,
): Decision<CancellationRefusal> {
  const missing = whyNotThere(subscription);
  if (missing !== undefined) return refused(missing);
  if (subscription.awaiting !== null) return refused('awaiting-seller');
  const [purchase, ...renewals] = subscription.terms;
  const begins = lastTermBegins(subscription);
  if (renewals.length === 0 || begins === null || begins <= now) return refused('no-renewal-ahead');
  const shorter: Subscription = { ...subscription, terms: [purchase, ...renewals.slice(0, -1)] };
  const { quantity, productId } = lastTerm(shorter);
  const shortened: Subscription = { ...shorter, quantity, orderCount: subscription.orderCount + 1 };
  const changed = productId === lastTerm(subscription).productId ? undefined : productId;
  return decided({
    subscription: shortened,
    order: orderFor(subscription, {
      orderId,
      type: 'UNSUBSCRIBE',
      orderedAt: now,
      expiresAt: expiresAt(shortened),
      status: 'PROCESSING',
      amount: -(renewal?.amount ?? 0),
    }),
    takesBack: lastTerm(subscription).orderId,
    ...(renewal?.status === 'PROCESSING'
      ? { orderStatus: { orderId: renewal.orderId, status: 'FAILED' as const } }
      : {}),
    callbacks: [refresh(shortened, 'UNSUBSCRIBE_RENEWAL_PERIOD', orderId, changed)],
  });
}
