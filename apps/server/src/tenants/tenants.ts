import type { DatabaseSync } from 'node:sqlite';
import type { Answered } from '../ledger/receipts.ts';
import { done } from '../life/life.ts';
import type { Announce } from '../outbox/new-event.ts';
import type { StorageCipher } from '../storage/cipher.ts';
import type { TenantCommand, TenantId } from './command.ts';
import type { TenantRecordKind, TenantRecordRow } from './tables.ts';

/** The room of the companies and their applications, users and departments. It never looks for an instance (R19). */
export interface Tenants {
  /** Inside a transaction. A call older than the one that set a record leaves it as it is; the answer is success all the same. */
  apply(command: TenantCommand, now: number): Answered;
  /** The decrypted secret of an application; null where there is none, or no longer. */
  clientSecret(tenant: TenantId, appId: string): string | null;
  /** Everything that is known of a tenant, in clear, without secrets. */
  records(tenantId: string): readonly TenantRecord[];
}

export interface TenantRecord {
  readonly instanceId: string;
  readonly kind: TenantRecordKind;
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A tenant with more records than this is shown in part. */
const mostShown = 1_000;

export function sqliteTenants(connection: DatabaseSync, cipher: StorageCipher, announce: Announce): Tenants {
  const upsert = connection.prepare(
    `INSERT INTO tenant_records (tenant_id, instance_id, kind, key, changed_at, data) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (tenant_id, instance_id, kind, key) DO UPDATE SET changed_at = excluded.changed_at, data = excluded.data
     WHERE excluded.changed_at >= tenant_records.changed_at`,
  );
  const select = connection.prepare(
    `SELECT data FROM tenant_records WHERE tenant_id = ? AND instance_id = ? AND kind = 'application' AND key = ?`,
  );
  const all = connection.prepare(
    `SELECT * FROM tenant_records WHERE tenant_id = ? AND data IS NOT NULL LIMIT ${mostShown}`,
  );
  const open = (sealed: Uint8Array, tenantId: string, kind: string): Record<string, unknown> =>
    JSON.parse(cipher.open(sealed, `${kind} of tenant ${tenantId}`));

  return {
    apply({ instanceId, tenantId, tokenTimestamp, changes, event }, now) {
      let changed = changes.length === 0;
      for (const { kind, key, data } of changes) {
        const found = kind === 'user' ? cipher.lookup(key, `user of tenant ${tenantId}`) : key;
        const sealed = data === null ? null : cipher.seal(JSON.stringify(data), `${kind} of tenant ${tenantId}`);
        const { changes: rows } = upsert.run(tenantId, instanceId, kind, found, tokenTimestamp, sealed);
        changed = changed || rows > 0;
      }
      if (changed) announce(event, now);
      return { answer: done };
    },
    clientSecret({ instanceId, tenantId }, appId) {
      const row = select.get(tenantId, instanceId, appId) as { data: Uint8Array | null } | undefined; // tables.ts made it
      const secret = row?.data == null ? undefined : open(row.data, tenantId, 'application')['clientSecret'];
      return typeof secret === 'string' ? secret : null;
    },
    records(tenantId) {
      const rows = all.all(tenantId) as unknown as (TenantRecordRow & { data: Uint8Array })[]; // tables.ts made the columns
      return rows.map(({ instance_id: instanceId, kind, key, data }) => {
        const { clientSecret: _, ...shown } = open(data, tenantId, kind);
        return { instanceId, kind, key, data: shown };
      });
    },
  };
}
