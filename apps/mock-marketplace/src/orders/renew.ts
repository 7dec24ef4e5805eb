import type { RefreshScene } from '@koobridge/contracts';
import { refresh } from '../callbacks/subscription-calls.ts';
import type { Product } from '../catalogue/product.ts';
import { latestInstant } from '../clock/calendar.ts';
import { type Decision, decided, refused } from '../subscriptions/change.ts';
import { expiresAt, lastTerm } from '../subscriptions/moments.ts';
import { type NotThere, type Subscription, whyNotThere } from '../subscriptions/subscription.ts';
import { orderFor } from './order.ts';

export type RenewalRefusal = NotThere | 'awaiting-seller' | 'too-late' | 'no-end' | 'trial';

export interface Renewal {
  readonly product: Product;
  readonly periods: number;
  readonly quantity: number;
}

/**
 * More periods behind the present expiry, also in grace and while frozen
 * (`usermanual-marketplace/en-us_buyer_topic_0234836225`). What is frozen is unfrozen when the seller's server has taken
 * the new expiry. One that changes the specification or the quantity is a `RENEWAL_CHANGE`; its effect is not waited for,
 * since the seller agreed to it in a change check before.
 */
export function renew(
  subscription: Subscription,
  orderId: string,
  renewal: Renewal,
  now: number,
): Decision<RenewalRefusal> {
  const refusal = whyNotRenewable(subscription);
  if (refusal !== undefined) return refused(refusal);
  const { product, periods, quantity } = renewal;
  const { productId, period } = product;
  const renewed: Subscription = {
    ...subscription,
    quantity,
    orderCount: subscription.orderCount + 1,
    terms: [...subscription.terms, { orderId, productId, period, count: periods, quantity }],
  };
  const expiry = expiresAt(renewed);
  if (expiry === null || expiry > latestInstant) return refused('too-late');
  return decided({
    subscription: renewed,
    order: orderFor(renewed, {
      orderId,
      type: 'RENEW',
      orderedAt: now,
      expiresAt: expiry,
      status: 'PROCESSING',
      amount: product.price * quantity * periods,
    }),
    callbacks: [refresh(renewed, sceneOf(subscription, renewal), orderId, changedProduct(subscription, renewal))],
  });
}

export function whyNotRenewable(subscription: Subscription): Exclude<RenewalRefusal, 'too-late'> | undefined {
  const missing = whyNotThere(subscription);
  if (missing !== undefined) return missing;
  if (subscription.trial) return 'trial';
  if (subscription.awaiting !== null) return 'awaiting-seller';
  return expiresAt(subscription) === null ? 'no-end' : undefined;
}

/** The License code page knows no change but that of the period type, and that one is its `RENEWAL_CHANGE` here. */
function sceneOf(subscription: Subscription, { product, quantity }: Renewal): RefreshScene {
  const { productId, period } = lastTerm(subscription);
  const changes =
    quantity !== subscription.quantity ||
    (subscription.access === 'LICENSE_CODE'
      ? product.period !== period
      : product.period === period && product.productId !== productId);
  return changes ? 'RENEWAL_CHANGE' : 'RENEWAL';
}

const changedProduct = (subscription: Subscription, { product }: Renewal): string | undefined =>
  product.productId === lastTerm(subscription).productId ? undefined : product.productId;
