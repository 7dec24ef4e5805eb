import { OrderInfo } from '@koobridge/contracts';
import { type OrderLineId, orderSubject, type Questions } from '../confirmation/questions.ts';
import type { ConfirmationRow } from '../confirmation/tables.ts';
import type { LineKey, OrderLines } from '../ledger/order-lines.ts';
import type { Answered } from '../ledger/receipts.ts';
import { statement, type Work } from '../ledger/work.ts';
import { done } from '../life/life.ts';
import type { Announce } from '../outbox/new-event.ts';
import type { StorageCipher } from '../storage/cipher.ts';
import type { OrderRow } from './tables.ts';

/** The room of the orders: notices come in, and what the store says of an order is kept. `now` in milliseconds since the epoch. */
export interface Orders {
  /** Inside a transaction: takes the notice of an order line, once (R15). */
  notify(line: OrderLineId, now: number): Work<Answered>;
  /** Inside a transaction: keeps what the store said of an order line. */
  keep(line: OrderLineId, order: OrderInfo, now: number): Work<void>;
  find(line: OrderLineId): Work<OrderInfo | undefined>;
  /** Why the store has not told an order line yet; null where it was not asked yet, or has. */
  problem(line: OrderLineId): Work<string | null>;
}

export interface OrdersNeed {
  readonly orderLines: OrderLines;
  readonly questions: Questions;
  readonly announce: Announce;
  readonly cipher: StorageCipher;
  /** Whether the store can be asked for orders. */
  readonly asksStore: boolean;
}

const select = statement<Pick<OrderRow, 'data'>>('SELECT data FROM orders WHERE order_id = ? AND order_line_id = ?');
const upsert = statement(
  `INSERT INTO orders (order_id, order_line_id, fetched_at, data) VALUES (?, ?, ?, ?)
   ON CONFLICT (order_id, order_line_id) DO UPDATE SET fetched_at = excluded.fetched_at, data = excluded.data`,
);
const selectProblem = statement<Pick<ConfirmationRow, 'problem'>>(
  `SELECT problem FROM confirmations WHERE about = 'order' AND subject = ?`,
);

export function openOrders({ orderLines, questions, announce, cipher, asksStore }: OrdersNeed): Orders {
  return {
    *notify({ orderId, orderLineId }, now) {
      const key: LineKey = { activity: 'orderNotify', scene: '', orderId, orderLineId };
      if ((yield* orderLines.find(key)) !== undefined) return { answer: done };
      yield* orderLines.add(key, { subject: orderId, expiresAt: null }, null, now);
      if (asksStore) yield* questions.order(key, now);
      yield* announce({ type: 'order.notified', subject: orderId, data: { orderId, orderLineId } }, now);
      return { answer: done };
    },
    *keep(line, order, now) {
      yield* upsert.write(line.orderId, line.orderLineId, now, cipher.seal(JSON.stringify(order), sealedFor(line)));
    },
    *problem(line) {
      return (yield* selectProblem.first(orderSubject(line)))?.problem ?? null;
    },
    *find(line) {
      const row = yield* select.first(line.orderId, line.orderLineId);
      return row === undefined ? undefined : OrderInfo.parse(JSON.parse(cipher.open(row.data, sealedFor(line))));
    },
  };
}

const sealedFor = ({ orderId, orderLineId }: OrderLineId): string => `order ${JSON.stringify([orderId, orderLineId])}`;
