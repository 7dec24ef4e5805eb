import { type Kysely, sql } from 'kysely';
import type { LicenseStatus } from './license.ts';

export interface LicenseTables {
  licenses: LicenseRow;
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

export async function createLicenseTables(db: Kysely<unknown>): Promise<void> {
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
}
