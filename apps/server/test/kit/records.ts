import * as z from 'zod';
import { TenantRecordView } from '../../src/admin/contract.ts';
import type { TenantRecordRow } from '../../src/tenants/tables.ts';
import { rowsOf } from '../database.ts';
import type { Seller } from '../seller.ts';

const Tenant = z.object({ tenantId: z.string(), records: z.array(TenantRecordView) });

export type TenantRecord = z.output<typeof TenantRecordView>;

/** What /admin tells of a tenant; none where it is not known. */
export async function recordsOf(seller: Seller, tenantId: string): Promise<readonly TenantRecord[]> {
  const { status, body } = await seller.admin(`/tenants/${encodeURIComponent(tenantId)}`);
  return status === 404 ? [] : Tenant.parse(body).records;
}

/** The data of a tenant's records of one kind. */
export async function dataOf(seller: Seller, tenantId: string, kind: TenantRecord['kind']) {
  return (await recordsOf(seller, tenantId)).filter((record) => record.kind === kind).map(({ data }) => data);
}

/** The rows as they are kept. */
export const tenantRows = (database: string) =>
  rowsOf<TenantRecordRow>(database, 'SELECT * FROM tenant_records ORDER BY tenant_id, instance_id, kind, key');
