import { type Kysely, sql } from 'kysely';
import { dialectOf } from './dialect.ts';

/** What the ledger keeps for every subject. Instants are milliseconds since the epoch; booleans are kept as 0 and 1. */
export interface LedgerTables {
  receipts: ReceiptRow;
  order_lines: OrderLineRow;
  leases: LeaseRow;
  durability_check: DurabilityCheckRow;
}

/** One verified callback, as it was received and answered. Pruned by age. */
export interface ReceiptRow {
  id: number;
  received_at: number;
  activity: string | null;
  /** The license or instance it names. */
  subject: string | null;
  /** `class/id` of the key that verified. */
  key_id: string;
  reading: string;
  nonce: string;
  body: Uint8Array;
  result_code: string;
  /** The member that contradicted an applied order line (R15). */
  conflict: string | null;
  /** 1 where `body` is the SHA-256 of a body that holds personal data (R27). */
  hashed: number;
  /** From the first byte of the request to the decision. */
  duration_us: number;
}

/** An order line that took effect (R15). Never pruned. */
export interface OrderLineRow {
  order_id: string;
  order_line_id: string;
  activity: string;
  scene: string;
  subject: string;
  /** Null where the line brought no expiry. */
  expires_at: number | null;
  product_id: string | null;
  applied_at: number;
}

/** A task that only one process does at a time. */
export interface LeaseRow {
  name: string;
  /** The process that has it. */
  holder: string;
  /** When it is over, unless it is renewed. */
  until: number;
}

/** One row that nobody reads, for a write that shows whether the ledger can be written to. */
export interface DurabilityCheckRow {
  at: number | null;
  filling: Uint8Array | null;
}

export async function createLedgerTables(db: Kysely<unknown>): Promise<void> {
  const dialect = dialectOf(db);
  await db.schema
    .createTable('receipts')
    .addColumn('id', dialect.counter, dialect.counting)
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('activity', 'text')
    .addColumn('subject', 'text')
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('reading', 'text', (column) => column.notNull())
    .addColumn('nonce', 'text', (column) => column.notNull())
    .addColumn('body', dialect.bytes, (column) => column.notNull())
    .addColumn('result_code', 'text', (column) => column.notNull())
    .addColumn('conflict', 'text')
    .addColumn('duration_us', 'integer', (column) => column.notNull())
    .execute();
  // The replay guard (R3).
  await db.schema.createIndex('receipts_nonce').unique().on('receipts').columns(['nonce', 'key_id']).execute();
  await db.schema.createIndex('receipts_subject').on('receipts').columns(['subject']).execute();
  await db.schema
    .createIndex('receipts_conflict')
    .on('receipts')
    .column('id')
    .where(sql.ref('conflict'), 'is not', null)
    .execute();
  await createOrderLines(db, true);
}

/** Room for order lines without an expiry, and for callbacks of which only a hash is kept. */
export async function widenLedgerTables(given: Kysely<unknown>): Promise<void> {
  const db = given.withTables<{ order_lines: OrderLineRow; of_licenses: OrderLineRow }>();
  await db.schema
    .alterTable('receipts')
    .addColumn('hashed', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  if (dialectOf(given).isPostgres) {
    await db.schema
      .alterTable('order_lines')
      .alterColumn('expires_at', (column) => column.dropNotNull())
      .execute();
    return;
  }
  // SQLite changes no column that is there.
  await db.schema.dropIndex('order_lines_subject').execute();
  await db.schema.alterTable('order_lines').renameTo('of_licenses').execute();
  await createOrderLines(db, false);
  const columns = [
    'order_id',
    'order_line_id',
    'activity',
    'scene',
    'subject',
    'expires_at',
    'product_id',
    'applied_at',
  ] as const;
  await db
    .insertInto('order_lines')
    .columns(columns)
    .expression((from) => from.selectFrom('of_licenses').select(columns))
    .execute();
  await db.schema.dropTable('of_licenses').execute();
}

/** What several processes need to share a ledger. */
export async function createSharingTables(given: Kysely<unknown>): Promise<void> {
  const db = given.withTables<Pick<LedgerTables, 'durability_check'>>();
  const dialect = dialectOf(given);
  await db.schema
    .createTable('leases')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .$call(dialect.byKey)
    .execute();
  await db.schema.createTable('durability_check').ifNotExists().addColumn('at', 'bigint').execute();
  await db.schema.alterTable('durability_check').addColumn('filling', dialect.bytes).execute();
  await db.deleteFrom('durability_check').execute();
  await db.insertInto('durability_check').values({ at: 1 }).execute();
}

export const giveUpLeases = 'DELETE FROM leases';

async function createOrderLines<DB>(db: Kysely<DB>, expires: boolean): Promise<void> {
  const dialect = dialectOf(db);
  await db.schema
    .createTable('order_lines')
    .addColumn('order_id', 'text', (column) => column.notNull())
    .addColumn('order_line_id', 'text', (column) => column.notNull())
    .addColumn('activity', 'text', (column) => column.notNull())
    .addColumn('scene', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => (expires ? column.notNull() : column))
    .addColumn('product_id', 'text')
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('order_lines_key', ['order_id', 'order_line_id', 'activity', 'scene'])
    .$call(dialect.byKey)
    .execute();
  await db.schema.createIndex('order_lines_subject').on('order_lines').column('subject').execute();
}
