import { refresh } from '../callbacks/subscription-calls.ts';
import type { Product } from '../catalogue/product.ts';
import { latestInstant } from '../clock/calendar.ts';
import { type Decision, decided, refused } from '../subscriptions/change.ts';
import { expiresAt, lastTerm } from '../subscriptions/moments.ts';
import { type NotThere, type Subscription, whyNotThere } from '../subscriptions/subscription.ts';
import { orderFor } from './order.ts';

export type ConversionRefusal = NotThere | 'no-trial-running' | 'too-late';

/** A trial becomes formal (试用转商用): its periods run from now. */
export function toFormal(
  subscription: Subscription,
  orderId: string,
  { product, periods }: { readonly product: Product; readonly periods: number },
  now: number,
): Decision<ConversionRefusal> {
  const missing = whyNotThere(subscription);
  if (missing !== undefined) return refused(missing);
  if (!subscription.trial) return refused('no-trial-running');
  const { productId, period } = product;
  const formal: Subscription = {
    ...subscription,
    trial: false,
    startsAt: now,
    orderCount: subscription.orderCount + 1,
    terms: [{ orderId, productId, period, count: periods, quantity: subscription.quantity }],
  };
  const expiry = expiresAt(formal);
  if (expiry === null || expiry > latestInstant) return refused('too-late');
  const changed = productId === lastTerm(subscription).productId ? undefined : productId;
  return decided({
    subscription: formal,
    order: orderFor(formal, {
      orderId,
      type: 'TRIAL_TO_FORMAL',
      orderedAt: now,
      expiresAt: expiry,
      status: 'PROCESSING',
      amount: product.price * formal.quantity * periods,
    }),
    callbacks: [refresh(formal, 'TRIAL_TO_FORMAL', orderId, changed)],
  });
}
