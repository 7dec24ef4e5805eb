import type { Message } from '../callbacks/message.ts';
import type { CustomerLevel } from '../catalogue/customer-level.ts';
import { type PeriodUnit, productNamed, siblingProduct } from '../catalogue/product.ts';
import type { Decision } from '../licenses/change.ts';
import { claim } from '../licenses/claim.ts';
import type { License } from '../licenses/license.ts';
import { lastTerm } from '../licenses/moments.ts';
import { writeChange } from '../licenses/write.ts';
import type { Marketplace } from '../marketplace.ts';
import { buy } from '../orders/buy.ts';
import { cancelRenewal } from '../orders/cancel-renewal.ts';
import { newLicenseCode, newOrderId } from '../orders/ids.ts';
import { renew } from '../orders/renew.ts';
import { type Approval, answerUnsubscription, unsubscribe } from '../orders/unsubscribe.ts';
import type { Refusal } from './refusal.ts';

/** What a control call did, or why it did nothing. */
export type Done<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

const no = (refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({ ok: false, refusal });
const yes = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });

export interface Actions {
  /** Answers the new order's id and the code. */
  buy(
    product: string,
    customerLevel: CustomerLevel,
    quantity: number,
  ): Promise<Done<{ orderId: string; license: string }>>;
  claim(code: string): Promise<Done<undefined>>;
  /** These three answer the new order's id. */
  renew(code: string, period: PeriodUnit | undefined): Promise<Done<string>>;
  cancelRenewal(code: string): Promise<Done<string>>;
  unsubscribe(code: string, approval: Approval): Promise<Done<string>>;
  answerUnsubscription(orderId: string, word: 'approve' | 'reject'): Promise<Done<undefined>>;
  /** Sends a message once more, at once and with a fresh token, whatever its status. */
  restart(id: number): Promise<Done<undefined>>;
}

/** Each action takes a turn: decide and write in one transaction, then send what was decided, then answer. */
export function actions({ parts, delivery, turns }: Marketplace): Actions {
  const { records, draw, moment } = parts;

  const inTurn = <Value>(decide: () => Done<{ messages: readonly Message[]; value: Value }>): Promise<Done<Value>> =>
    turns.take(async () => {
      const done = records.transaction(decide);
      if (!done.ok) return done;
      await delivery.send(done.value.messages, 'first');
      return yes(done.value.value);
    });

  const write = <Value>(
    decision: Decision<Refusal>,
    value: Value,
  ): Done<{ messages: readonly Message[]; value: Value }> =>
    decision.ok ? yes({ messages: writeChange(records, decision.change, moment), value }) : no(decision.refusal);

  const onLicense = <Value>(
    code: string,
    value: () => Value,
    decide: (license: License, now: number, value: Value) => Decision<Refusal>,
  ): Promise<Done<Value>> =>
    inTurn(() => {
      const license = records.licenses.find(code);
      if (license === undefined) return no('unknown-license');
      const made = value();
      return write(decide(license, records.clock.now(), made), made);
    });

  const orderId = (): string => newOrderId(records.clock.now(), draw);

  return {
    buy: (name, customerLevel, quantity) =>
      inTurn(() => {
        const product = productNamed(name);
        if (product === undefined) return no('unknown-product');
        const ids = { orderId: orderId(), license: newLicenseCode(draw) };
        const purchase = { orderId: ids.orderId, code: ids.license, product, customerLevel, quantity };
        return write(buy(purchase, records.clock.now()), ids);
      }),
    claim: (code) =>
      onLicense(
        code,
        () => undefined,
        (license, now) => claim(license, now),
      ),
    renew: (code, period) =>
      onLicense(code, orderId, (license, now, id) => {
        const { productId, period: present } = lastTerm(license);
        const product = siblingProduct(productId, period ?? present);
        return product === undefined ? no('unknown-product') : renew(license, id, product, now);
      }),
    cancelRenewal: (code) => onLicense(code, orderId, (license, now, id) => cancelRenewal(license, id, now)),
    unsubscribe: (code, approval) =>
      onLicense(code, orderId, (license, now, id) => unsubscribe(license, id, approval, now)),
    answerUnsubscription: (id, word) =>
      inTurn(() => {
        const order = records.orders.find(id);
        if (order === undefined) return no('unknown-order');
        const license = records.licenses.find(order.license);
        return license === undefined
          ? no('unknown-license')
          : write(answerUnsubscription(license, order, word), undefined);
      }),
    restart: (id) =>
      turns.take(async () => {
        const message = records.messages.find(id);
        if (message === undefined) return no('unknown-message');
        await delivery.send([message], 'restart');
        return yes(undefined);
      }),
  };
}
