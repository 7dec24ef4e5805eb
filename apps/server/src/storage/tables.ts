import type { Kysely } from 'kysely';

export interface StorageTables {
  storage_key_check: StorageKeyCheckRow;
}

/** A sealed constant, by which a wrong storage key is noticed before anything is written with it. One row. */
export interface StorageKeyCheckRow {
  id: number;
  sealed: Uint8Array;
}

export async function createStorageTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('storage_key_check')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
}
