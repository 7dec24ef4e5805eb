import type { DatabaseSync } from 'node:sqlite';
import { query } from '../database/query.ts';
import { Order, type OrderStatus } from './order.ts';

export interface Orders {
  find(orderId: string): Order | undefined;
  add(order: Order): void;
  setStatus(orderId: string, status: OrderStatus): void;
}

export function storedOrders(database: DatabaseSync): Orders {
  const byId = query(database, Order, 'SELECT * FROM orders WHERE orderId = $orderId');
  const insert = database.prepare(
    'INSERT INTO orders VALUES ($orderId, $type, $license, $productId, $quantity, $orderedAt, $expiresAt, $status)',
  );
  const update = database.prepare('UPDATE orders SET status = $status WHERE orderId = $orderId');
  return {
    find: (orderId) => byId.one({ orderId }),
    add: (order) => void insert.run({ ...order }),
    setStatus: (orderId, status) => void update.run({ orderId, status }),
  };
}
