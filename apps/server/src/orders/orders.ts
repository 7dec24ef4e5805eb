import type { DatabaseSync } from 'node:sqlite';
import { OrderInfo } from '@koobridge/contracts';
import { type OrderLineId, orderSubject, type Questions } from '../confirmation/questions.ts';
import type { LineKey, OrderLines } from '../ledger/order-lines.ts';
import type { Answered } from '../ledger/receipts.ts';
import { done } from '../life/life.ts';
import type { Announce } from '../outbox/new-event.ts';
import type { StorageCipher } from '../storage/cipher.ts';

/** The room of the orders: notices come in, and what the store says of an order is kept. `now` in milliseconds since the epoch. */
export interface Orders {
  /** Inside a transaction: takes the notice of an order line, once (R15). */
  notify(line: OrderLineId, now: number): Answered;
  /** Inside a transaction: keeps what the store said of an order line. */
  keep(line: OrderLineId, order: OrderInfo, now: number): void;
  find(line: OrderLineId): OrderInfo | undefined;
  /** Why the store has not told an order line yet; null where it was not asked yet, or has. */
  problem(line: OrderLineId): string | null;
}

export interface OrdersNeed {
  readonly orderLines: OrderLines;
  readonly questions: Questions;
  readonly announce: Announce;
  readonly cipher: StorageCipher;
  /** Whether the store can be asked for orders. */
  readonly asksStore: boolean;
}

export function sqliteOrders(
  connection: DatabaseSync,
  { orderLines, questions, announce, cipher, asksStore }: OrdersNeed,
): Orders {
  const select = connection.prepare('SELECT data FROM orders WHERE order_id = ? AND order_line_id = ?');
  const upsert = connection.prepare(
    `INSERT INTO orders (order_id, order_line_id, fetched_at, data) VALUES (?, ?, ?, ?)
     ON CONFLICT (order_id, order_line_id) DO UPDATE SET fetched_at = excluded.fetched_at, data = excluded.data`,
  );
  const selectProblem = connection.prepare(`SELECT problem FROM confirmations WHERE about = 'order' AND subject = ?`);
  return {
    notify({ orderId, orderLineId }, now) {
      const key: LineKey = { activity: 'orderNotify', scene: '', orderId, orderLineId };
      if (orderLines.find(key) !== undefined) return { answer: done };
      orderLines.add(key, { subject: orderId, expiresAt: null }, null, now);
      if (asksStore) questions.order(key, now);
      announce({ type: 'order.notified', subject: orderId, data: { orderId, orderLineId } }, now);
      return { answer: done };
    },
    keep(line, order, now) {
      upsert.run(line.orderId, line.orderLineId, now, cipher.seal(JSON.stringify(order), sealedFor(line)));
    },
    problem(line) {
      const told = selectProblem.get(orderSubject(line))?.['problem'];
      return typeof told === 'string' ? told : null;
    },
    find(line) {
      const row = select.get(line.orderId, line.orderLineId) as { data: Uint8Array } | undefined; // tables.ts made it
      return row === undefined ? undefined : OrderInfo.parse(JSON.parse(cipher.open(row.data, sealedFor(line))));
    },
  };
}

const sealedFor = ({ orderId, orderLineId }: OrderLineId): string => `order ${JSON.stringify([orderId, orderLineId])}`;
