import { type Kysely, sql } from 'kysely';
import { dialectOf } from '../ledger/dialect.ts';
import type { LifeRow } from '../life/tables.ts';

export interface InstanceTables {
  instances: InstanceRow;
  license_applications: LicenseApplicationRow;
}

/** The state of an instance. */
export interface InstanceRow extends LifeRow {
  instance_id: string;
  order_id: string;
  order_line_id: string;
  provisioning: 'PENDING' | 'READY';
  processing: number;
  /** What the buyer gets, sealed (R27). */
  delivery: Uint8Array | null;
}

/** A buyer's application for an online License, by the store's event id. */
export interface LicenseApplicationRow {
  event_id: string;
  instance_id: string;
  effective_time: string;
  expire_time: string | null;
  device_fingerprint: string | null;
  applied_at: number;
  /** When the store took the License; null until then. */
  delivered_at: number | null;
}

export async function createInstanceTables(db: Kysely<unknown>): Promise<void> {
  const dialect = dialectOf(db);
  await db.schema
    .createTable('instances')
    .addColumn('instance_id', 'text', (column) => column.primaryKey())
    .addColumn('order_id', 'text', (column) => column.notNull())
    .addColumn('order_line_id', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('status_at', 'bigint')
    .addColumn('renewed', 'integer', (column) => column.notNull())
    .addColumn('cancelled', 'integer', (column) => column.notNull())
    .addColumn('provisioning', 'text', (column) => column.notNull())
    .addColumn('processing', 'integer', (column) => column.notNull())
    .addColumn('delivery', dialect.bytes)
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .$call(dialect.byKey)
    .execute();
  await db.schema.createIndex('instances_order').on('instances').columns(['order_id', 'order_line_id']).execute();
  await db.schema
    .createIndex('instances_frozen')
    .on('instances')
    .columns(['instance_id', 'expires_at'])
    .where(sql.ref('status'), '=', sql.lit('FROZEN'))
    .execute();
  await db.schema
    .createIndex('instances_pending')
    .on('instances')
    .column('instance_id')
    .where(sql.ref('provisioning'), '=', sql.lit('PENDING'))
    .execute();
  await db.schema
    .createTable('license_applications')
    .addColumn('event_id', 'text', (column) => column.primaryKey())
    .addColumn('instance_id', 'text', (column) => column.notNull())
    .addColumn('effective_time', 'text', (column) => column.notNull())
    .addColumn('expire_time', 'text')
    .addColumn('device_fingerprint', 'text')
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
    .addColumn('delivered_at', 'bigint')
    .$call(dialect.byKey)
    .execute();
}
