import { upgrade as upgradeCall } from '../callbacks/subscription-calls.ts';
import type { PeriodUnit, Product } from '../catalogue/product.ts';
import { type Change, type Decision, decided, refused } from '../subscriptions/change.ts';
import { expiresAt, statusAt } from '../subscriptions/moments.ts';
import { type NotThere, type Subscription, type Term, whyNotThere } from '../subscriptions/subscription.ts';
import { type Order, orderFor } from './order.ts';

export type UpgradeRefusal =
  | NotThere
  | 'awaiting-seller'
  | 'not-upgradable'
  | 'not-active'
  | 'other-listing'
  | 'nothing-changes';

/**
 * A higher specification or a larger quantity, for SaaS paid by period, within one listing and period type
 * (设置升级规则). What was paid already is set off, so the order costs the difference.
 */
export function upgrade(
  subscription: Subscription,
  present: Product,
  target: { readonly product: Product; readonly quantity: number },
  orderId: string,
  now: number,
): Decision<UpgradeRefusal> {
  const { product, quantity } = target;
  const missing = whyNotThere(subscription);
  if (missing !== undefined) return refused(missing);
  if (subscription.awaiting !== null) return refused('awaiting-seller');
  if (subscription.access !== 'SAAS' || subscription.chargingMode !== 'PERIOD' || subscription.trial) {
    return refused('not-upgradable');
  }
  if (statusAt(subscription, now) !== 'ACTIVE') return refused('not-active');
  if (product.listing !== present.listing || product.period !== present.period || product.chargingMode !== 'PERIOD') {
    return refused('other-listing');
  }
  const dearer = product.price * quantity - present.price * subscription.quantity;
  if (quantity < subscription.quantity || dearer <= 0) return refused('nothing-changes');
  return decided({
    subscription: { ...subscription, orderCount: subscription.orderCount + 1 },
    order: orderFor(subscription, {
      orderId,
      type: 'CHANGE',
      productId: product.productId,
      quantity,
      orderedAt: now,
      expiresAt: expiresAt(subscription),
      status: 'PROCESSING',
      amount: dearer,
    }),
    callbacks: [upgradeCall(subscription, orderId)],
  });
}

/**
 * The seller's server has done it: whatever was paid for, renewals ahead included, is for the new product and quantity
 * from now on. `sibling` finds the product of the same specification for another period type.
 */
export function upgraded(
  subscription: Subscription,
  order: Order,
  sibling: (productId: string, period: PeriodUnit) => Product | undefined,
): Change | undefined {
  if (order.status !== 'PROCESSING') return undefined;
  const changed = (term: Term): Term => {
    const product = term.period === null ? undefined : sibling(order.productId, term.period);
    return { ...term, productId: product?.productId ?? order.productId, quantity: order.quantity };
  };
  const [purchase, ...renewals] = subscription.terms;
  return {
    subscription: {
      ...subscription,
      quantity: order.quantity,
      terms: [changed(purchase), ...renewals.map(changed)],
    },
    orderStatus: { orderId: order.orderId, status: 'COMPLETED' },
    callbacks: [],
  };
}
