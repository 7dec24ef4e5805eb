import type { Message } from '../callbacks/message.ts';
import type { Records } from '../database/records.ts';
import type { Order } from '../orders/order.ts';
import { lastTerm } from '../subscriptions/moments.ts';

/** What a seller is told of calls and orders as they happen, within the caller's transaction. */

/**
 * A call of an order has failed. Each failed creation is told, of everything else only the end of the repetitions; and
 * nothing where somebody waited for the answer and got it.
 */
export function notifyOfFailure(records: Records, message: Message, reason: string, ended: boolean): void {
  const { activity, orderId, plan, subject } = message;
  const isCreate = activity === 'newInstance';
  if (!isCreate && (!ended || plan === 'once')) return;
  const { catalogue, clock, notices, subscriptions } = records;
  const subscription = subscriptions.find(subject);
  const product = subscription === undefined ? undefined : catalogue.productWithId(lastTerm(subscription).productId);
  notices.add(
    {
      kind: isCreate ? 'CREATE_FAILED' : 'CALL_FAILED',
      listing: product?.listing ?? null,
      subscription: subscription?.id ?? null,
      orderId,
      message: message.id,
      text: isCreate
        ? `newInstance failed for the order ${orderId}. ${reason}`
        : `${activity} is repeated no more. ${reason} Repair it, then restart the message.`,
    },
    clock.now(),
  );
}

/** The buyer has placed an order that a seller hears of: a renewal, or an unsubscription of all or of a renewal. */
export function notifyOfOrder(records: Records, order: Order): void {
  const { type, orderId, subscription, productId, status, expiresAt } = order;
  const isRefundOfFailed = type === 'UNSUBSCRIBE' && status === 'COMPLETED';
  if ((type !== 'RENEW' && type !== 'UNSUBSCRIBE') || isRefundOfFailed) return;
  const { catalogue, clock, notices } = records;
  // The cancellation of a renewal leads to an earlier expiry, an unsubscription of the whole to none.
  const does =
    type === 'RENEW' ? 'renewed' : expiresAt === null ? 'unsubscribes of' : 'takes back the latest renewal of';
  const waits = status === 'AWAITING_SELLER' ? ' It waits for your word.' : '';
  notices.add(
    {
      kind: type === 'RENEW' ? 'RENEWED' : 'UNSUBSCRIPTION_ASKED',
      listing: catalogue.productWithId(productId)?.listing ?? null,
      subscription,
      orderId,
      text: `The buyer ${does} ${subscription} by the order ${orderId}.${waits}`,
    },
    clock.now(),
  );
}
