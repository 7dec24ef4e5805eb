import type { Kysely } from 'kysely';
import { dialectOf } from '../ledger/dialect.ts';

export interface StorageTables {
  storage_key_check: StorageKeyCheckRow;
}

/** A sealed constant, by which a wrong storage key is noticed before anything is written with it. One row. */
export interface StorageKeyCheckRow {
  id: number;
  sealed: Uint8Array;
}

export async function createStorageTables(db: Kysely<unknown>): Promise<void> {
  const dialect = dialectOf(db);
  await db.schema
    .createTable('storage_key_check')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('sealed', dialect.bytes, (column) => column.notNull())
    .execute();
}
