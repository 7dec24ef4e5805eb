import { create } from '../callbacks/subscription-calls.ts';
import type { Customer } from '../catalogue/customer.ts';
import type { Product, Sale } from '../catalogue/product.ts';
import { latestInstant } from '../clock/calendar.ts';
import { type Decision, decided, refused } from '../subscriptions/change.ts';
import { expiresAt } from '../subscriptions/moments.ts';
import type { Subscription, Term } from '../subscriptions/subscription.ts';
import { orderFor } from './order.ts';

export interface Purchase {
  readonly orderId: string;
  /** The code, or the store's own id of the resource. */
  readonly id: string;
  readonly product: Product;
  readonly sale: Sale;
  readonly customer: Customer;
  readonly quantity: number;
  /** Of a product paid by period, how many. */
  readonly periods: number;
  readonly trial: boolean;
}

export type PurchaseRefusal = 'too-late' | 'not-on-sale' | 'no-trial' | 'no-periods';

/**
 * A purchase makes one subscription. A License code runs from the order until an activation moves it, and no activity
 * announces it (`accessg-marketplace/zh-cn_topic_0070649172`); an instance is ordered from the seller's server.
 */
export function buy(purchase: Purchase, now: number): Decision<PurchaseRefusal> {
  const { orderId, id, product, sale, customer, quantity, trial } = purchase;
  const { access, chargingMode, productId } = product;
  if (sale !== 'ON_SALE') return refused('not-on-sale');
  if (trial && product.trialDays === null) return refused('no-trial');
  if (purchase.periods > 1 && (product.period === null || trial)) return refused('no-periods');
  const term: Term =
    trial && product.trialDays !== null
      ? { orderId, productId, period: 'day', count: product.trialDays }
      : { orderId, productId, period: product.period, count: product.period === null ? 0 : purchase.periods };
  const bought: Subscription = {
    id,
    access,
    chargingMode,
    instanceId: null,
    customer: customer.customer,
    customerLevel: customer.level,
    quantity,
    orderedAt: now,
    startsAt: now,
    openedAt: null,
    claimedAt: null,
    activatedAt: null,
    phase: access === 'LICENSE_CODE' ? 'ACTIVE' : 'OPENING',
    trial,
    violation: false,
    autoRenew: false,
    awaiting: null,
    orderCount: 1,
    terms: [term],
  };
  const expiry = expiresAt(bought);
  if (expiry !== null && expiry > latestInstant) return refused('too-late');
  return decided({
    subscription: bought,
    order: orderFor(bought, {
      orderId,
      type: trial ? 'TRIAL' : 'NEW',
      orderedAt: now,
      expiresAt: expiry,
      status: 'PROCESSING',
      amount: trial || chargingMode === 'ON_DEMAND' ? 0 : product.price * quantity * purchase.periods,
    }),
    callbacks: access === 'LICENSE_CODE' ? [] : [create(bought)],
  });
}
