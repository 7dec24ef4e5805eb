import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { jsonColumn, query } from '../database/query.ts';
import { License } from './license.ts';

const Row = License.extend({ terms: jsonColumn(License.shape.terms) });

export interface Licenses {
  find(code: string): License | undefined;
  /** In the order of their purchase, behind the code `after`. */
  list(after: string | undefined, limit: number): License[];
  save(license: License): void;
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

export function storedLicenses(database: DatabaseSync): Licenses {
  const byCode = query(database, Row, 'SELECT * FROM licenses WHERE code = $code');
  const behind = query(
    database,
    Row,
    `SELECT * FROM licenses
     WHERE rowid > coalesce((SELECT rowid FROM licenses WHERE code = $after), 0) ORDER BY rowid LIMIT $limit`,
  );
  const upsert = database.prepare(
    `INSERT INTO licenses VALUES
       ($code, $customerLevel, $quantity, $orderedAt, $startsAt, $claimedAt, $activatedAt, $phase, $awaiting, $terms)
     ON CONFLICT (code) DO UPDATE SET startsAt = $startsAt, claimedAt = $claimedAt, activatedAt = $activatedAt,
       phase = $phase, awaiting = $awaiting, terms = $terms`,
  );
  const insertUsage = database.prepare(
    'INSERT INTO usageReports VALUES ($license, $reportedAt, $clientId, $activeNumber)',
  );
  const countUsage = query(
    database,
    z.object({ count: z.number() }),
    'SELECT count(*) AS count FROM usageReports WHERE license = $code',
  );
  return {
    find: (code) => byCode.one({ code }),
    list: (after, limit) => behind.all({ after: after ?? null, limit }),
    save: (license) => void upsert.run({ ...license, terms: JSON.stringify(license.terms) }),
    reportUsage: (report) => void insertUsage.run({ ...report }),
    usageReports: (code) => countUsage.one({ code })?.count ?? 0,
  };
}
