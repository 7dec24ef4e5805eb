import type { Restart } from '../callbacks/delivery.ts';
import { changeCheck, query } from '../callbacks/subscription-calls.ts';
import type { CustomerLevel } from '../catalogue/customer-level.ts';
import type { PeriodUnit, Product } from '../catalogue/product.ts';
import { customerOfLevel } from '../catalogue/queries.ts';
import type { Marketplace } from '../marketplace.ts';
import { buy, cancel, pay } from '../orders/buy.ts';
import { cancelRenewal } from '../orders/cancel-renewal.ts';
import { nextOrderId, purchaseIds } from '../orders/ids.ts';
import type { Order } from '../orders/order.ts';
import { paidFor } from '../orders/paid.ts';
import { type Renewal, renew, whyNotRenewable } from '../orders/renew.ts';
import { toFormal } from '../orders/to-formal.ts';
import { type Approval, answerUnsubscription, unsubscribe } from '../orders/unsubscribe.ts';
import { upgrade } from '../orders/upgrade.ts';
import { claim } from '../subscriptions/claim.ts';
import { lastTerm } from '../subscriptions/moments.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { freezeForViolation, liftViolation } from '../subscriptions/violation.ts';
import { writeChange } from '../subscriptions/write.ts';
import { whyNotRefundedNow } from '../supervision/decisions.ts';
import { type Acting, acting, always, type Done, no, type Who, type Written, yes } from './turn.ts';

export interface PurchaseWish {
  readonly product: string;
  readonly customer?: string | undefined;
  readonly customerLevel?: CustomerLevel | undefined;
  readonly quantity?: number;
  readonly periods?: number;
  readonly trial?: boolean;
  readonly pay?: boolean;
}

/** What the buyer wishes to have from now on; what is left out stays. */
export interface Wish {
  readonly period?: PeriodUnit | undefined;
  readonly product?: string | undefined;
  readonly quantity?: number | undefined;
  readonly periods?: number | undefined;
}

export interface Actions {
  license(code: string): Who;
  instance(id: string): Who;
  /** Answers the new order's id and the id of the subscription. */
  buy(wish: PurchaseWish): Promise<Done<{ readonly orderId: string; readonly subscription: string }>>;
  claim(who: Who): Promise<Done<undefined>>;
  /** These answer the new order's id. */
  renew(who: Who, wish: Wish): Promise<Done<string>>;
  cancelRenewal(who: Who): Promise<Done<string>>;
  unsubscribe(who: Who, approval: Approval): Promise<Done<string>>;
  toFormal(who: Who, wish: Wish): Promise<Done<string>>;
  upgrade(who: Who, wish: Wish): Promise<Done<string>>;
  autoRenew(who: Who, on: boolean): Promise<Done<undefined>>;
  freeze(who: Who): Promise<Done<undefined>>;
  unfreeze(who: Who): Promise<Done<undefined>>;
  /** The buyer opens the resource details. Answers the id of the message. */
  look(who: Who): Promise<Done<number>>;
  pay(orderId: string): Promise<Done<undefined>>;
  cancel(orderId: string): Promise<Done<undefined>>;
  answerUnsubscription(orderId: string, word: 'approve' | 'reject'): Promise<Done<undefined>>;
  /** Makes the call of a message again, at once, whatever its status. */
  restart(id: number, how: Restart): Promise<Done<undefined>>;
}

export function actions(market: Marketplace): Actions {
  const { parts, delivery, turns } = market;
  const { records, draw, moments } = parts;
  const { catalogue, orders, subscriptions, messages, supervisions } = records;
  const { inTurn, write, on }: Acting = acting(market);

  /** An action that places an order, and answers its id. */
  const ordering = (
    who: Who,
    decide: (subscription: Subscription, orderId: string, now: number) => Done<Written<string>>,
  ) => on(who, (subscription, now) => decide(subscription, nextOrderId(subscription, now, draw), now));

  const onOrder = (
    orderId: string,
    decide: (subscription: Subscription, order: Order, now: number) => Done<Written<undefined>>,
  ) =>
    inTurn(() => {
      const order = orders.find(orderId);
      const subscription = order === undefined ? undefined : subscriptions.find(order.subscription);
      return order === undefined || subscription === undefined
        ? no('unknown-order')
        : decide(subscription, order, records.clock.now());
    });

  /** While the seller has not taken an upgrade, what it would be on top of is not changed again, nor taken back. */
  const isChanging = ({ id }: Subscription): boolean =>
    orders.of(id).some(({ type, status }) => type === 'CHANGE' && status === 'PROCESSING');

  const present = (subscription: Subscription): Product | undefined =>
    catalogue.productWithId(lastTerm(subscription).productId);

  /** The product that is wished for: by name, or the present one with another period type. */
  function wished(subscription: Subscription, { product, period }: Wish): Product | undefined {
    if (product !== undefined) return catalogue.product(product);
    const { productId, period: its } = lastTerm(subscription);
    const unit = period ?? present(subscription)?.period ?? its;
    return unit === null || unit === 'day' ? present(subscription) : catalogue.sibling(productId, unit);
  }

  function renewal(subscription: Subscription, wish: Wish): Renewal | undefined {
    const product = wished(subscription, wish);
    const { quantity = subscription.quantity, periods = 1 } = wish;
    return product === undefined ? undefined : { product, periods, quantity };
  }

  /** Whether the seller agrees to a renewal that changes the specification or the quantity; `undefined` where nothing is asked. */
  async function agreed(who: Who, wish: Wish): Promise<Done<undefined>> {
    const subscription = who.find();
    if (subscription === undefined) return no(who.unknown);
    const target = renewal(subscription, wish);
    if (target === undefined) return no('unknown-product');
    const refusal = whyNotRenewable(subscription);
    if (refusal !== undefined) return no(refusal);
    if (target.product.listing !== present(subscription)?.listing) return no('other-listing');
    const { product, quantity } = target;
    const same = quantity === subscription.quantity && product.skuCode === present(subscription)?.skuCode;
    if (same || subscription.access !== 'SAAS') return yes(undefined);
    if (isChanging(subscription)) return no('change-pending');
    const { skuCode, productId } = product;
    const check = changeCheck(subscription, { skuCode, productId, linearValue: quantity });
    const { message, sent } = records.transaction(() => {
      const sent = writeChange(records, { subscription, callbacks: [check] }, moments);
      return { sent, message: sent[0]?.id ?? 0 };
    });
    await delivery.send(sent, 'first');
    return messages.find(message)?.status === 'SUCCEEDED' ? yes(undefined) : no('renewal-refused');
  }

  return {
    license: (code) => ({ find: () => subscriptions.license(code), unknown: 'unknown-license' }),
    instance: (id) => ({ find: () => subscriptions.instance(id), unknown: 'unknown-instance' }),
    buy: ({
      product: name,
      customer: its,
      customerLevel = 'V0',
      quantity = 1,
      periods = 1,
      trial = false,
      pay: paid = true,
    }) =>
      inTurn(() => {
        const product = catalogue.product(name);
        if (product === undefined) return no('unknown-product');
        const customer = catalogue.customer(its ?? customerOfLevel(customerLevel));
        if (customer === undefined) return no('unknown-customer');
        const now = records.clock.now();
        const { orderId, license, resource } = purchaseIds(orders.nextNumber(), now, draw);
        const id = product.access === 'LICENSE_CODE' ? license : resource;
        const sale = catalogue.sale(product.listing);
        return write(buy({ orderId, id, product, sale, customer, quantity, periods, trial, paid }, now), {
          orderId,
          subscription: id,
        });
      }),
    claim: (who) =>
      on(who, (subscription, now) => write(claim(subscription, now, supervisions.running(subscription.id)), undefined)),
    renew: (who, wish) =>
      turns.take(async () => {
        const word = await agreed(who, wish);
        if (!word.ok) return word;
        const done = records.transaction(() => {
          const subscription = who.find();
          const target = subscription === undefined ? undefined : renewal(subscription, wish);
          if (subscription === undefined || target === undefined) return no('unknown-product');
          const now = records.clock.now();
          const id = nextOrderId(subscription, now, draw);
          return write(renew(subscription, id, target, now), id);
        });
        if (!done.ok) return done;
        await delivery.send(done.value.messages, 'first');
        return yes(done.value.value);
      }),
    cancelRenewal: (who) =>
      ordering(who, (subscription, id, now) =>
        isChanging(subscription)
          ? no('change-pending')
          : write(cancelRenewal(subscription, id, orders.find(lastTerm(subscription).orderId), now), id),
      ),
    unsubscribe: (who, approval) =>
      ordering(who, (subscription, id, now) => {
        const supervision = supervisions.of(subscription.id);
        const refusal = supervision === undefined ? undefined : whyNotRefundedNow(supervision);
        if (refusal !== undefined) return no(refusal);
        if (isChanging(subscription)) return no('change-pending');
        const about = { approval, paid: paidFor(orders, subscription), supervised: supervision !== undefined };
        return write(unsubscribe(subscription, id, about, now), id);
      }),
    toFormal: (who, wish) =>
      ordering(who, (subscription, id, now) => {
        const product = wished(subscription, wish);
        if (product === undefined) return no('unknown-product');
        return write(toFormal(subscription, id, { product, periods: wish.periods ?? 1 }, now), id);
      }),
    upgrade: (who, { product: name, quantity }) =>
      ordering(who, (subscription, id, now) => {
        const its = present(subscription);
        const product = name === undefined ? its : catalogue.product(name);
        if (its === undefined || product === undefined) return no('unknown-product');
        if (isChanging(subscription)) return no('change-pending');
        const target = { product, quantity: quantity ?? subscription.quantity };
        return write(upgrade(subscription, its, target, id, now), id);
      }),
    autoRenew: (who, autoRenew) =>
      on(who, (subscription) => {
        const refusal = whyNotRenewable(subscription);
        if (refusal !== undefined && refusal !== 'awaiting-seller') return no(refusal);
        return write(always({ subscription: { ...subscription, autoRenew }, callbacks: [] }), undefined);
      }),
    freeze: (who) => on(who, (subscription) => write(freezeForViolation(subscription), undefined)),
    unfreeze: (who) => on(who, (subscription) => write(liftViolation(subscription), undefined)),
    look: (who) =>
      on(who, (subscription) => {
        if (subscription.phase === 'RELEASED') return no('released');
        if (subscription.instanceId === null) return no('opening');
        const done = write(always({ subscription, callbacks: [query(subscription, 'once')] }), undefined);
        return done.ok ? yes({ ...done.value, value: done.value.messages[0]?.id ?? 0 }) : done;
      }),
    pay: (orderId) =>
      onOrder(orderId, (subscription, order, now) => {
        const announced = catalogue.productWithId(order.productId)?.orderNotice ?? false;
        return write(pay(subscription, order, announced, now), undefined);
      }),
    cancel: (orderId) => onOrder(orderId, (subscription, order) => write(cancel(subscription, order), undefined)),
    answerUnsubscription: (orderId, word) =>
      onOrder(orderId, (subscription, order) => {
        if ((supervisions.running(subscription.id)?.appeal ?? null) !== null) return no('appealing');
        return write(answerUnsubscription(subscription, order, word), undefined);
      }),
    restart: (id, how) =>
      turns.take(async () => {
        const message = messages.find(id);
        if (message === undefined) return no('unknown-message');
        const order = message.orderId === null ? undefined : orders.find(message.orderId);
        if (message.activity === 'newInstance' && order?.status === 'FAILED') return no('order-ended');
        await delivery.restart(message, how);
        return yes(undefined);
      }),
  };
}
