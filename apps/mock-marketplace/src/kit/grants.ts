import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { query } from '../database/query.ts';
import { digestOf, newSecret } from './secret.ts';

/** What a login gives out; all are random texts, and real time ends them (R23). */
export const lifetimes = {
  /** Of a code and of a CAS ticket no page tells the lifetime. */
  CODE: 5 * 60,
  TICKET: 5 * 60,
  /** 2 hours and 30 days by default (`accessg-marketplace/zh-cn_topic_0070649448`). */
  ACCESS: 7200,
  REFRESH: 30 * 24 * 3600,
  /** Of the browser with the platform; no page tells. */
  SESSION: 7200,
} as const;

const kinds = Object.keys(lifetimes) as [GrantKind, ...GrantKind[]]; // the keys of a literal are exactly its type's
export type GrantKind = keyof typeof lifetimes;

/** Whom a grant is for. */
export const Grantee = z.object({ tenantId: z.string(), appId: z.string(), userName: z.string() });
export type Grantee = z.output<typeof Grantee>;

export interface Grants {
  /** Answers the secret, which is kept as its digest. */
  give(kind: GrantKind, grantee: Grantee, now: number): string;
  find(kind: GrantKind, secret: string, now: number): Grantee | undefined;
  take(secret: string): void;
  /** What one user, or all, hold for an application in an enterprise. */
  takeAll(tenantId: string, appId: string, userName?: string): void;
}

/** How many of a kind a user may hold; the oldest go first. */
const heldAtMost = 50;

export function storedGrants(database: DatabaseSync): Grants {
  const insert = database.prepare(
    `INSERT INTO kitGrants (digest, kind, tenantId, appId, userName, expiresAt)
     VALUES ($digest, $kind, $tenantId, $appId, $userName, $expiresAt)`,
  );
  const expire = database.prepare('DELETE FROM kitGrants WHERE expiresAt <= $now');
  const trim = database.prepare(
    `DELETE FROM kitGrants WHERE tenantId = $tenantId AND userName = $userName AND kind = $kind AND number <=
       (SELECT number FROM kitGrants WHERE tenantId = $tenantId AND userName = $userName AND kind = $kind
        ORDER BY number DESC LIMIT 1 OFFSET ${heldAtMost})`,
  );
  const found = query(
    database,
    Grantee.extend({ kind: z.enum(kinds) }),
    'SELECT * FROM kitGrants WHERE digest = $digest AND kind = $kind AND expiresAt > $now',
  );
  const remove = database.prepare('DELETE FROM kitGrants WHERE digest = $digest');
  const removeAll = database.prepare(
    `DELETE FROM kitGrants
     WHERE tenantId = $tenantId AND appId = $appId AND ($userName IS NULL OR userName = $userName)`,
  );
  return {
    give: (kind, { tenantId, appId, userName }, now) => {
      const secret = kind === 'TICKET' ? `ST-${newSecret()}` : newSecret();
      const expiresAt = now + lifetimes[kind] * 1000;
      expire.run({ now });
      insert.run({ digest: digestOf(secret), kind, tenantId, appId, userName, expiresAt });
      trim.run({ tenantId, userName, kind });
      return secret;
    },
    find: (kind, secret, now) => found.one({ digest: digestOf(secret), kind, now }),
    take: (secret) => void remove.run({ digest: digestOf(secret) }),
    takeAll: (tenantId, appId, userName) => void removeAll.run({ tenantId, appId, userName: userName ?? null }),
  };
}
