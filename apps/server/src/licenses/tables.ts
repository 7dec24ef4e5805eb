import { type Kysely, sql } from 'kysely';
import { dialectOf } from '../ledger/dialect.ts';
import type { LifeRow } from '../life/tables.ts';

export interface LicenseTables {
  licenses: LicenseRow;
}

/** The state of a license. */
export interface LicenseRow extends LifeRow {
  code: string;
}

export async function createLicenseTables(db: Kysely<unknown>): Promise<void> {
  const dialect = dialectOf(db);
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
    .$call(dialect.byKey)
    .execute();
  await db.schema
    .createIndex('licenses_frozen')
    .on('licenses')
    .columns(['code', 'expires_at'])
    .where(sql.ref('status'), '=', sql.lit('FROZEN'))
    .execute();
}
