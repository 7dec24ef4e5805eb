import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { LicenseStatus } from '../licenses/license.ts';

/** Every table of the ledger. Instants are milliseconds since the epoch; SQLite keeps booleans as 0 and 1. */
export interface Tables {
  receipts: ReceiptRow;
  order_lines: OrderLineRow;
  licenses: LicenseRow;
  confirmations: ConfirmationRow;
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
  expires_at: number;
  product_id: string | null;
  applied_at: number;
}

/** The state of a license. Never pruned. */
export interface LicenseRow {
  code: string;
  status: LicenseStatus;
  expires_at: number | null;
  status_at: number | null;
  renewed: number;
  cancelled: number;
  /** Counts the changes, so that a confirmation can tell whether its question is out of date. */
  revision: number;
  updated_at: number;
}

/** A license that should be compared with the store's own data (R16, R19). */
export interface ConfirmationRow {
  license: string;
  reason: 'expiry' | 'adoption';
  /** The order line after which the question arose; null for an adoption. */
  order_id: string | null;
  order_line_id: string | null;
  attempts: number;
  next_attempt_at: number;
  /** Why the last attempt settled nothing. */
  problem: string | null;
}

/** The schema's history, oldest first. A change is a new entry, never an edit. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-license-codes': { up: licenseCodes },
};

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type of a migration, which precedes every schema
async function licenseCodes(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('receipts')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('activity', 'text')
    .addColumn('subject', 'text')
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('reading', 'text', (column) => column.notNull())
    .addColumn('nonce', 'text', (column) => column.notNull())
    .addColumn('body', 'blob', (column) => column.notNull())
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
  await db.schema
    .createTable('order_lines')
    .addColumn('order_id', 'text', (column) => column.notNull())
    .addColumn('order_line_id', 'text', (column) => column.notNull())
    .addColumn('activity', 'text', (column) => column.notNull())
    .addColumn('scene', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('product_id', 'text')
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('order_lines_key', ['order_id', 'order_line_id', 'activity', 'scene'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createTable('licenses')
    .addColumn('code', 'text', (column) => column.primaryKey())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('status_at', 'bigint')
    .addColumn('renewed', 'integer', (column) => column.notNull())
    .addColumn('cancelled', 'integer', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createIndex('licenses_frozen')
    .on('licenses')
    .columns(['code', 'expires_at'])
    .where(sql.ref('status'), '=', sql.lit('FROZEN'))
    .execute();
  await db.schema
    .createTable('confirmations')
    .addColumn('license', 'text', (column) => column.primaryKey())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('order_id', 'text')
    .addColumn('order_line_id', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
    .addColumn('problem', 'text')
    .execute();
}
