import { supersededBy } from '../callbacks/callback.ts';
import type { Message } from '../callbacks/message.ts';
import type { Records } from '../database/records.ts';
import type { Change } from './change.ts';
import { type FreezeMoment, nextStep } from './moments.ts';

/**
 * Writes what was decided, within the caller's transaction: the code and its next step on the clock, the orders, and the
 * messages to send, which are answered in their order.
 */
export function writeChange(records: Records, change: Change, moment: FreezeMoment): Message[] {
  const { clock, due, orders, licenses, messages } = records;
  const { license, order, orderStatus, callbacks } = change;
  licenses.save(license);
  due.cancel(license.code, ['FREEZE', 'RELEASE']);
  const step = nextStep(license, moment);
  if (step !== undefined) due.plan({ ...step, subject: license.code });
  if (order !== undefined) orders.add(order);
  if (orderStatus !== undefined) orders.setStatus(orderStatus.orderId, orderStatus.status);
  return callbacks.map((callback) => {
    for (const old of messages.retrying(license.code, supersededBy(callback.activity))) {
      due.cancel(String(old.id), ['RETRY']);
      messages.stop(
        old.id,
        `superseded by ${callback.activity}${callback.command === null ? '' : ` ${callback.command}`}`,
      );
    }
    return messages.add(callback, clock.now());
  });
}
