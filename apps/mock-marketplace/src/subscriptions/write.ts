import type { Callback } from '../callbacks/callback.ts';
import type { Message } from '../callbacks/message.ts';
import { orderNotice } from '../callbacks/subscription-calls.ts';
import { supersededBy } from '../callbacks/superseded.ts';
import type { Records } from '../database/records.ts';
import { kitCallbacks } from '../kit/bind.ts';
import { notifyOfOrder } from '../notices/notify.ts';
import { writeSupervision } from '../supervision/write.ts';
import type { Change } from './change.ts';
import { type FreezeMoments, nextSteps } from './moments.ts';

/**
 * Writes what was decided, within the caller's transaction: the subscription and its next steps on the clock, the orders,
 * and the messages to send, which are answered in their order.
 */
export function writeChange(records: Records, change: Change, moments: FreezeMoments): Message[] {
  const { clock, due, orders, subscriptions, messages, catalogue } = records;
  const { subscription, order, orderStatus, supervision, callbacks } = change;
  const { id } = subscription;
  subscriptions.save(subscription);
  due.cancel(id, ['FREEZE', 'RELEASE', 'RENEW']);
  for (const { kind, at } of nextSteps(subscription, moments, clock.now()))
    due.plan({ kind, at, subject: id, lane: id });
  if (order !== undefined) orders.add(order);
  if (order !== undefined) notifyOfOrder(records, order);
  if (orderStatus !== undefined) orders.setStatus(orderStatus.orderId, orderStatus.status);
  writeSupervision(records, subscription, supervision);
  const announced =
    order !== undefined && order.status !== 'PENDING_PAYMENT' && catalogue.productWithId(order.productId)?.orderNotice;
  const all = announced ? [orderNotice(subscription, order.orderId), ...callbacks] : callbacks;
  const isOver = (old: Message, callback: Callback): boolean =>
    supersededBy(callback.activity).includes(old.activity) ||
    (old.status === 'RETRYING' && old.orderId !== null && old.orderId === change.takesBack);
  const added = all.map((callback) => {
    for (const old of messages.waiting(id).filter((one) => isOver(one, callback))) {
      due.cancel(String(old.id), ['RETRY', 'GIVE_UP', 'SEND']);
      const what = callback.command === null ? callback.activity : `${callback.activity} ${callback.command}`;
      messages.stop(old.id, `superseded by ${what}`);
    }
    return messages.add(callback, clock.now());
  });
  return [...added, ...kitCallbacks(records, subscription)];
}
