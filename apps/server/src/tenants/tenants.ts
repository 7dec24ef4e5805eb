import type { Answered } from '../ledger/receipts.ts';
import { statement, type Work } from '../ledger/work.ts';
import { done } from '../life/life.ts';
import type { Announce } from '../outbox/new-event.ts';
import type { StorageCipher } from '../storage/cipher.ts';
import type { TenantCommand, TenantId } from './command.ts';
import type { TenantRecordKind, TenantRecordRow } from './tables.ts';

/** The room of the companies and their applications, users and departments. It never looks for an instance (R19). */
export interface Tenants {
  /** Inside a transaction. A call older than the one that set a record leaves it as it is; the answer is success all the same. */
  apply(command: TenantCommand, now: number): Work<Answered>;
  /** The decrypted secret of an application; null where there is none, or no longer. */
  clientSecret(tenant: TenantId, appId: string): Work<string | null>;
  /**
   * What logs the users of an application in; of several instances the one whose application changed last, unless one is
   * named. Undefined where the tenant's domain or the application is not known, or no longer.
   */
  client(tenantId: string, appId: string, instanceId?: string): Work<KitClient | undefined>;
  /** Everything that is known of a tenant, in clear, without secrets. */
  records(tenantId: string): Work<readonly TenantRecord[]>;
}

/** An application as the login APIs of its tenant know it. */
export interface KitClient {
  /** As the tenant told it, with or without its scheme. */
  readonly domainName: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface TenantRecord {
  readonly instanceId: string;
  readonly kind: TenantRecordKind;
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A tenant with more records than this is shown in part. */
const mostShown = 1_000;

const upsert = statement(
  `INSERT INTO tenant_records (tenant_id, instance_id, kind, key, changed_at, data) VALUES (?, ?, ?, ?, ?, ?)
   ON CONFLICT (tenant_id, instance_id, kind, key) DO UPDATE SET changed_at = excluded.changed_at, data = excluded.data
   WHERE excluded.changed_at >= tenant_records.changed_at`,
);
const select = statement<Pick<TenantRecordRow, 'data'>>(
  `SELECT data FROM tenant_records WHERE tenant_id = ? AND instance_id = ? AND kind = 'application' AND key = ?`,
);
const all = statement<TenantRecordRow & { data: Uint8Array }>(
  `SELECT * FROM tenant_records WHERE tenant_id = ? AND data IS NOT NULL LIMIT ${mostShown}`,
);
// From one instance to the next by the key, because a tenant may have very many users between them.
const clients = statement<{ application: Uint8Array; tenant: Uint8Array }>(
  `WITH RECURSIVE instances (id) AS (
     SELECT min(instance_id) FROM tenant_records WHERE tenant_id = ?1
     UNION ALL
     SELECT (SELECT min(instance_id) FROM tenant_records WHERE tenant_id = ?1 AND instance_id > id)
     FROM instances WHERE id IS NOT NULL)
   SELECT application.data AS application, tenant.data AS tenant
   FROM instances
   JOIN tenant_records AS application ON application.tenant_id = ?1 AND application.instance_id = id
     AND application.kind = 'application' AND application.key = ?2 AND application.data IS NOT NULL
   JOIN tenant_records AS tenant ON tenant.tenant_id = ?1 AND tenant.instance_id = id
     AND tenant.kind = 'tenant' AND tenant.key = '' AND tenant.data IS NOT NULL
   WHERE id = COALESCE(?3, id)
   ORDER BY application.changed_at DESC LIMIT 1`,
);

export function openTenants(cipher: StorageCipher, announce: Announce): Tenants {
  const open = (sealed: Uint8Array, tenantId: string, kind: string): Record<string, unknown> =>
    JSON.parse(cipher.open(sealed, `${kind} of tenant ${tenantId}`));

  return {
    *apply({ instanceId, tenantId, tokenTimestamp, changes, event }, now) {
      const rows = changes.map(({ kind, key, data }) => {
        const found = kind === 'user' ? cipher.lookup(key, `user of tenant ${tenantId}`) : key;
        const sealed = data === null ? null : cipher.seal(JSON.stringify(data), `${kind} of tenant ${tenantId}`);
        return [tenantId, instanceId, kind, found, tokenTimestamp, sealed];
      });
      const changed = yield* upsert.each(rows);
      if (changed > 0 || changes.length === 0) yield* announce(event, now);
      return { answer: done };
    },
    *clientSecret({ instanceId, tenantId }, appId) {
      const row = yield* select.first(tenantId, instanceId, appId);
      const secret = row?.data == null ? undefined : open(row.data, tenantId, 'application')['clientSecret'];
      return typeof secret === 'string' ? secret : null;
    },
    *client(tenantId, appId, instanceId) {
      const row = yield* clients.first(tenantId, appId, instanceId ?? null);
      if (row === undefined) return undefined;
      const { clientId, clientSecret } = open(row.application, tenantId, 'application');
      const { domainName } = open(row.tenant, tenantId, 'tenant');
      return typeof domainName === 'string' && typeof clientId === 'string' && typeof clientSecret === 'string'
        ? { domainName, clientId, clientSecret }
        : undefined;
    },
    *records(tenantId) {
      return (yield* all.all(tenantId)).map(({ instance_id: instanceId, kind, key, data }) => {
        const { clientSecret: _, ...shown } = open(data, tenantId, kind);
        return { instanceId, kind, key, data: shown };
      });
    },
  };
}
