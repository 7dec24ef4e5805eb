import type { Kysely } from 'kysely';

export interface ConfirmationTables {
  confirmations: ConfirmationRow;
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

export async function createConfirmationTables(db: Kysely<unknown>): Promise<void> {
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
