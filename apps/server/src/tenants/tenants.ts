import type { Ledger } from '../ledger/ledger.ts';
import type { Answered } from '../ledger/receipts.ts';
import { statement, touch, type Work } from '../ledger/work.ts';
import { done } from '../life/life.ts';
import type { Announce } from '../outbox/new-event.ts';
import { SealBroken, type StorageCipher } from '../storage/cipher.ts';
import type { TenantCommand, TenantId } from './command.ts';
import type { TenantRecordKind, TenantRecordRow } from './tables.ts';

/** The room of the companies and their applications, users and departments. It never looks for an instance (R19). */
export interface Tenants {
  /** Inside a transaction. A call older than the one that set a record leaves it as it is; the answer is success all the same. */
  apply(command: TenantCommand, now: number): Work<Answered>;
  /**
   * Outside a transaction: carries out a long list but for its last changes, each few in a transaction of their own, so
   * that other callbacks are answered in between. What is left makes the call count: if it never comes to that, its
   * repeat sets the same records again.
   */
  applyAhead(command: TenantCommand, ledger: Pick<Ledger, 'run'>): Promise<TenantCommand>;
  /** The decrypted secret of an application; null where there is none, or no longer. */
  clientSecret(tenant: TenantId, appId: string): Work<string | null>;
  /**
   * What logs the users of an application in; of several instances the one whose application changed last, unless one is
   * named. Undefined where the tenant's domain or the application is not known, or no longer.
   */
  client(tenantId: string, appId: string, instanceId?: string): Work<KitClient | undefined>;
  /** Inside a transaction: forgets every record of a tenant that was dissolved, but for the marks that keep old calls out. */
  purge(tenantId: string): Work<Purge>;
  /** Everything that is known of a tenant, in clear, without secrets. */
  records(tenantId: string): Work<readonly TenantRecord[]>;
}

export type Purge = 'purged' | 'unknown' | 'not-dissolved';

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

/** Changes that are made in one transaction, so that it takes milliseconds. */
const mostAtOnce = 200;

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
const living = statement<{ alive: number | null }>(
  `SELECT max(CASE WHEN kind = 'tenant' AND data IS NOT NULL THEN 1 ELSE 0 END) AS alive
   FROM tenant_records WHERE tenant_id = ?`,
);
const forget = statement('UPDATE tenant_records SET data = NULL WHERE tenant_id = ? AND data IS NOT NULL');
const all = statement<TenantRecordRow & { data: Uint8Array }>(
  `SELECT * FROM tenant_records WHERE tenant_id = ? AND data IS NOT NULL LIMIT ${mostShown}`,
);
// From one instance to the next by the key, because a tenant may have very many users between them.
const clients = statement<{ id: string; application: Uint8Array; tenant: Uint8Array }>(
  `WITH RECURSIVE instances (id) AS (
     SELECT min(instance_id) FROM tenant_records WHERE tenant_id = ?1
     UNION ALL
     SELECT (SELECT min(instance_id) FROM tenant_records WHERE tenant_id = ?1 AND instance_id > id)
     FROM instances WHERE id IS NOT NULL)
   SELECT id, application.data AS application, tenant.data AS tenant
   FROM instances
   JOIN tenant_records AS application ON application.tenant_id = ?1 AND application.instance_id = id
     AND application.kind = 'application' AND application.key = ?2 AND application.data IS NOT NULL
   JOIN tenant_records AS tenant ON tenant.tenant_id = ?1 AND tenant.instance_id = id
     AND tenant.kind = 'tenant' AND tenant.key = '' AND tenant.data IS NOT NULL
   WHERE id = COALESCE(?3, id)
   ORDER BY application.changed_at DESC LIMIT 1`,
);

/** Whether a call's changes are too many for one transaction. */
export const isLong = ({ changes }: TenantCommand): boolean => changes.length > mostAtOnce;

export function openTenants(cipher: StorageCipher, announce: Announce): Tenants {
  const open = (sealed: Uint8Array, place: Place): Record<string, unknown> => JSON.parse(opened(cipher, sealed, place));

  /** Makes the changes from one index up to another; returns those that took effect. */
  function* set(command: TenantCommand, from: number, to: number): Work<Set<number>> {
    const { instanceId, tenantId, tokenTimestamp, changes } = command;
    yield* touch(tenantId);
    const rows = changes.slice(from, to).map(({ kind, key, data }) => {
      const found = kind === 'user' ? cipher.lookup(key, `user of tenant ${tenantId}`) : key;
      const sealed =
        data === null ? null : cipher.seal(JSON.stringify(data), contextOf([tenantId, instanceId, kind, found]));
      return [tenantId, instanceId, kind, found, tokenTimestamp, sealed];
    });
    const changed = yield* upsert.each(rows);
    return new Set(changed.flatMap((count, index) => (count > 0 ? [from + index] : [])));
  }

  return {
    *apply(command, now) {
      const tookEffect = yield* set(command, command.ahead?.count ?? 0, command.changes.length);
      for (const index of command.ahead?.tookEffect ?? []) tookEffect.add(index);
      if (tookEffect.size > 0) yield* announce(command.event(tookEffect), now);
      return { answer: done };
    },
    async applyAhead(command, ledger) {
      const tookEffect = new Set<number>();
      let count = 0;
      for (; command.changes.length - count > mostAtOnce; count += mostAtOnce) {
        const from = count;
        const few = await ledger.run([command.tenantId], () => set(command, from, from + mostAtOnce));
        for (const index of few) tookEffect.add(index);
      }
      return count === 0 ? command : { ...command, ahead: { count, tookEffect } };
    },
    *clientSecret({ instanceId, tenantId }, appId) {
      const row = yield* select.first(tenantId, instanceId, appId);
      const secret =
        row?.data == null ? undefined : open(row.data, [tenantId, instanceId, 'application', appId])['clientSecret'];
      return typeof secret === 'string' ? secret : null;
    },
    *client(tenantId, appId, instanceId) {
      const row = yield* clients.first(tenantId, appId, instanceId ?? null);
      if (row === undefined) return undefined;
      const { clientId, clientSecret } = open(row.application, [tenantId, row.id, 'application', appId]);
      const { domainName } = open(row.tenant, [tenantId, row.id, 'tenant', '']);
      return typeof domainName === 'string' && typeof clientId === 'string' && typeof clientSecret === 'string'
        ? { domainName, clientId, clientSecret }
        : undefined;
    },
    *purge(tenantId) {
      yield* touch(tenantId);
      const alive = (yield* living.first(tenantId))?.alive ?? null;
      if (alive === 1) return 'not-dissolved';
      if (alive === null) return 'unknown';
      yield* forget.write(tenantId);
      return 'purged';
    },
    *records(tenantId) {
      return (yield* all.all(tenantId)).map(({ instance_id: instanceId, kind, key, data }) => {
        const { clientSecret: _, ...shown } = open(data, [tenantId, instanceId, kind, key]);
        return { instanceId, kind, key, data: kind === 'application' ? { appId: key, ...shown } : shown };
      });
    },
  };
}

/** The row of a record: tenant, instance, kind and key, as they are kept. */
type Place = readonly [tenantId: string, instanceId: string, kind: string, key: string];

/** What a record is sealed to, so that none can be moved to another row. */
const contextOf = (place: Place): string => `tenant_records ${JSON.stringify(place)}`;

/** Records sealed by earlier versions are bound to their tenant and kind alone, until they are synchronised again. */
function opened(cipher: StorageCipher, sealed: Uint8Array, place: Place): string {
  try {
    return cipher.open(sealed, contextOf(place));
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    const [tenantId, , kind] = place;
    return cipher.open(sealed, `${kind} of tenant ${tenantId}`);
  }
}
