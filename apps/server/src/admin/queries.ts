import { type Kysely, sql } from 'kysely';
import type { OrderLineRow, ReceiptRow } from '../ledger/tables.ts';
import type { LicenseRow } from '../licenses/tables.ts';
import type { Tables } from '../schema.ts';

export type AttentionKind = 'expiry-unconfirmed' | 'adoption-unverified' | 'frozen-unexpired';

/** The look-ups behind /admin and the gauges. Read-only. */
export interface AdminQueries {
  license(code: string): Promise<LicenseOverview | undefined>;
  licenses(kind: AttentionKind, after: string, limit: number, now: number): Promise<readonly LicenseOverview[]>;
  count(kind: AttentionKind, now: number): Promise<number>;
  orderLines(code: string): Promise<readonly OrderLineRow[]>;
  callbacks(filter: CallbackFilter): Promise<readonly ReceiptRow[]>;
}

export type LicenseOverview = LicenseRow & {
  readonly reason: 'expiry' | 'adoption' | null;
  readonly attempts: number | null;
  readonly problem: string | null;
};

export interface CallbackFilter {
  readonly subject: string | undefined;
  readonly conflictsOnly: boolean;
  readonly before: number | undefined;
  readonly limit: number;
}

export function adminQueries(db: Kysely<Tables>): AdminQueries {
  const overview = db
    .selectFrom('licenses')
    .leftJoin('confirmations', 'confirmations.license', 'licenses.code')
    .selectAll('licenses')
    .select(['confirmations.reason', 'confirmations.attempts', 'confirmations.problem']);
  // Each kind is found by an index of its own size, never by going through all licenses: the literal is what lets SQLite
  // take the index of the frozen ones.
  const needing = (kind: AttentionKind, now: number) =>
    kind === 'frozen-unexpired'
      ? overview.where('licenses.status', '=', sql.lit('FROZEN')).where('licenses.expires_at', '>', now)
      : overview.where('confirmations.reason', '=', kind === 'expiry-unconfirmed' ? 'expiry' : 'adoption');
  return {
    license: (code) => overview.where('licenses.code', '=', code).executeTakeFirst(),
    licenses(kind, after, limit, now) {
      const code = kind === 'frozen-unexpired' ? 'licenses.code' : 'confirmations.license';
      return needing(kind, now).where(code, '>', after).orderBy(code).limit(limit).execute();
    },
    async count(kind, now) {
      const counted = needing(kind, now).clearSelect().select(db.fn.countAll<number>().as('count'));
      return (await counted.executeTakeFirstOrThrow()).count;
    },
    orderLines: (code) =>
      db.selectFrom('order_lines').selectAll().where('subject', '=', code).orderBy('applied_at').limit(1_000).execute(),
    callbacks({ subject, conflictsOnly, before, limit }) {
      let query = db.selectFrom('receipts').selectAll().orderBy('id', 'desc').limit(limit);
      if (subject !== undefined) query = query.where('subject', '=', subject);
      if (conflictsOnly) query = query.where('conflict', 'is not', null);
      if (before !== undefined) query = query.where('id', '<', before);
      return query.execute();
    },
  };
}
