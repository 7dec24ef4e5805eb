import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { query } from '../database/query.ts';
import { Order, type OrderStatus } from './order.ts';

export interface Orders {
  find(orderId: string): Order | undefined;
  /** Of a subscription, oldest first. */
  of(subscription: string): Order[];
  /** Oldest first, behind the one with the id `after`. */
  list(after: string | undefined, limit: number): Order[];
  /** The number that the next order gets. */
  nextNumber(): number;
  add(order: Order): void;
  setStatus(orderId: string, status: OrderStatus): void;
}

export function storedOrders(database: DatabaseSync): Orders {
  const byId = query(database, Order, 'SELECT * FROM orders WHERE orderId = $orderId');
  const ofSubscription = query(
    database,
    Order,
    'SELECT * FROM orders WHERE subscription = $subscription ORDER BY rowid',
  );
  const behind = query(
    database,
    Order,
    `SELECT * FROM orders
     WHERE rowid > coalesce((SELECT rowid FROM orders WHERE orderId = $after), 0) ORDER BY rowid LIMIT $limit`,
  );
  const last = query(
    database,
    z.object({ number: z.number() }),
    'SELECT coalesce(max(rowid), 0) AS number FROM orders',
  );
  const insert = database.prepare(
    `INSERT INTO orders (orderId, type, subscription, productId, quantity, orderedAt, expiresAt, status, amount)
     VALUES ($orderId, $type, $subscription, $productId, $quantity, $orderedAt, $expiresAt, $status, $amount)`,
  );
  const update = database.prepare('UPDATE orders SET status = $status WHERE orderId = $orderId');
  return {
    find: (orderId) => byId.one({ orderId }),
    of: (subscription) => ofSubscription.all({ subscription }),
    list: (after, limit) => behind.all({ after: after ?? null, limit }),
    nextNumber: () => (last.one()?.number ?? 0) + 1,
    add: (order) => void insert.run({ ...order }),
    setStatus: (orderId, status) => void update.run({ orderId, status }),
  };
}
