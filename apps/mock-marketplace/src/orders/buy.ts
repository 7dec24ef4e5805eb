import type { Callback } from '../callbacks/callback.ts';
import { create, orderNotice } from '../callbacks/subscription-calls.ts';
import type { Customer } from '../catalogue/customer.ts';
import type { Access, Product, Sale } from '../catalogue/product.ts';
import { latestInstant } from '../clock/calendar.ts';
import { type Decision, decided, refused } from '../subscriptions/change.ts';
import { expiresAt } from '../subscriptions/moments.ts';
import type { Subscription, Term } from '../subscriptions/subscription.ts';
import { beginSupervision } from '../supervision/supervision.ts';
import { type Order, orderFor } from './order.ts';

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
  /** An order that is not paid yet makes nothing. */
  readonly paid: boolean;
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
      ? { orderId, productId, period: 'day', count: product.trialDays, quantity }
      : { orderId, productId, period: product.period, count: product.period === null ? 0 : purchase.periods, quantity };
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
    phase: purchase.paid ? paidPhase(access) : 'UNPAID',
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
      status: purchase.paid ? 'PROCESSING' : 'PENDING_PAYMENT',
      amount: trial || chargingMode === 'ON_DEMAND' ? 0 : product.price * quantity * purchase.periods,
    }),
    ...(product.supervised && !trial ? { supervision: beginSupervision(orderId, id, access) } : {}),
    callbacks: purchase.paid ? ordering(bought) : [],
  });
}

const paidPhase = (access: Access): 'ACTIVE' | 'OPENING' => (access === 'LICENSE_CODE' ? 'ACTIVE' : 'OPENING');

/** What a paid purchase has the store call. */
const ordering = (subscription: Subscription): readonly Callback[] =>
  subscription.access === 'LICENSE_CODE' ? [] : [create(subscription)];

export type PaymentRefusal = 'nothing-to-pay' | 'too-late';

/** The buyer pays an order that waits for it: the periods run from now. */
export function pay(
  subscription: Subscription,
  order: Order,
  announced: boolean,
  now: number,
): Decision<PaymentRefusal> {
  if (order.status !== 'PENDING_PAYMENT') return refused('nothing-to-pay');
  const paid: Subscription = { ...subscription, phase: paidPhase(subscription.access), startsAt: now };
  if ((expiresAt(paid) ?? 0) > latestInstant) return refused('too-late');
  return decided({
    subscription: paid,
    orderStatus: { orderId: order.orderId, status: 'PROCESSING' },
    callbacks: [...(announced ? [orderNotice(paid, order.orderId)] : []), ...ordering(paid)],
  });
}

/** The buyer thinks better of it before paying. */
export function cancel(subscription: Subscription, order: Order): Decision<'nothing-to-pay'> {
  if (order.status !== 'PENDING_PAYMENT') return refused('nothing-to-pay');
  return decided({
    subscription: { ...subscription, phase: 'RELEASED' },
    orderStatus: { orderId: order.orderId, status: 'CANCELLED' },
    callbacks: [],
  });
}
