import type { Kysely } from 'kysely';
import { dialectOf } from '../ledger/dialect.ts';

export interface TenantTables {
  tenant_records: TenantRecordRow;
}

export type TenantRecordKind = 'tenant' | 'application' | 'user' | 'department';

/** One thing the Kit told of a tenant: the tenant itself, an application, an authorised user, a department. */
export interface TenantRecordRow {
  /** Empty while the seller applies for a credential. */
  instance_id: string;
  tenant_id: string;
  kind: TenantRecordKind;
  /** Empty for the tenant; the application's or department's id; of a user a keyed digest, because names are personal (R27). */
  key: string;
  /** Token timestamp of the call that set it. */
  changed_at: number;
  /** The data, sealed (R27); null once it was deleted, so that a call that was overtaken does not bring it back. */
  data: Uint8Array | null;
}

export async function createTenantTables(db: Kysely<unknown>): Promise<void> {
  const dialect = dialectOf(db);
  await db.schema
    .createTable('tenant_records')
    .addColumn('instance_id', 'text', (column) => column.notNull())
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('data', dialect.bytes)
    .addPrimaryKeyConstraint('tenant_records_key', ['tenant_id', 'instance_id', 'kind', 'key'])
    .$call(dialect.byKey)
    .execute();
}
