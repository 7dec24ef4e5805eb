import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Access } from '../catalogue/product.ts';
import { jsonColumn, query } from '../database/query.ts';
import { Subscription } from './subscription.ts';

const Row = z.object({ data: jsonColumn(Subscription) });

export interface Subscriptions {
  /** By its id: a code, or the store's id of a resource. */
  find(id: string): Subscription | undefined;
  /** By the code. */
  license(code: string): Subscription | undefined;
  /** What is no License code, by the seller's instance id or the store's id of the resource. */
  instance(id: string): Subscription | undefined;
  /** In the order of their purchase, behind the one with the id `after`. */
  list(access: readonly Access[], after: string | undefined, limit: number): Subscription[];
  save(subscription: Subscription): void;
  reportUsage(report: UsageReport): void;
  usageReports(code: string): number;
}

/** One entry of a usage report; exactly one of the last two is not null. */
export interface UsageReport {
  readonly license: string;
  readonly reportedAt: number;
  readonly clientId: string | null;
  readonly activeNumber: number | null;
}

export function storedSubscriptions(database: DatabaseSync): Subscriptions {
  const byId = query(database, Row, 'SELECT data FROM subscriptions WHERE id = $id');
  const byInstance = query(database, Row, 'SELECT data FROM subscriptions WHERE instanceId = $id');
  const behind = query(
    database,
    Row,
    `SELECT data FROM subscriptions
     WHERE rowid > coalesce((SELECT rowid FROM subscriptions WHERE id = $after), 0)
       AND access IN (SELECT value FROM json_each($access))
     ORDER BY rowid LIMIT $limit`,
  );
  const upsert = database.prepare(
    `INSERT INTO subscriptions VALUES ($id, $access, $instanceId, $data)
     ON CONFLICT (id) DO UPDATE SET instanceId = $instanceId, data = $data`,
  );
  const insertUsage = database.prepare(
    'INSERT INTO usageReports VALUES ($license, $reportedAt, $clientId, $activeNumber)',
  );
  const countUsage = query(
    database,
    z.object({ count: z.number() }),
    'SELECT count(*) AS count FROM usageReports WHERE license = $code',
  );
  const find = (id: string) => byId.one({ id })?.data;
  return {
    find,
    license: (code) => {
      const found = find(code);
      return found?.access === 'LICENSE_CODE' ? found : undefined;
    },
    instance: (id) => {
      const found = byInstance.one({ id })?.data ?? find(id);
      return found?.access === 'LICENSE_CODE' ? undefined : found;
    },
    list: (access, after, limit) =>
      behind.all({ access: JSON.stringify(access), after: after ?? null, limit }).map(({ data }) => data),
    save: (subscription) => {
      const { id, access, instanceId } = subscription;
      upsert.run({ id, access, instanceId, data: JSON.stringify(subscription) });
    },
    reportUsage: (report) => void insertUsage.run({ ...report }),
    usageReports: (code) => countUsage.one({ code })?.count ?? 0,
  };
}
