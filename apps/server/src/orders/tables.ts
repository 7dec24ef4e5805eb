import type { Kysely } from 'kysely';
import { dialectOf } from '../ledger/dialect.ts';

export interface OrderTables {
  orders: OrderRow;
}

/** What the store said of an order line when it was asked. */
export interface OrderRow {
  order_id: string;
  order_line_id: string;
  fetched_at: number;
  /** The order with its buyer, sealed (R27). */
  data: Uint8Array;
}

export async function createOrderTables(db: Kysely<unknown>): Promise<void> {
  const dialect = dialectOf(db);
  await db.schema
    .createTable('orders')
    .addColumn('order_id', 'text', (column) => column.notNull())
    .addColumn('order_line_id', 'text', (column) => column.notNull())
    .addColumn('fetched_at', 'bigint', (column) => column.notNull())
    .addColumn('data', dialect.bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('orders_key', ['order_id', 'order_line_id'])
    .$call(dialect.byKey)
    .execute();
}
