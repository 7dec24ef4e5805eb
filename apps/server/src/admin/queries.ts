import { sql } from 'kysely';
import { type OrderLineId, orderSubject } from '../confirmation/questions.ts';
import type { ConfirmationRow } from '../confirmation/tables.ts';
import type { InstanceRow } from '../instances/tables.ts';
import type { LedgerDatabase } from '../ledger/ledger.ts';
import type { OrderLineRow, ReceiptRow } from '../ledger/tables.ts';
import { statement } from '../ledger/work.ts';
import type { LicenseRow } from '../licenses/tables.ts';
import type { Backlog } from '../outbox/metrics.ts';
import { channels, type OutboxRow } from '../outbox/tables.ts';

export const licenseAttention = ['expiry-unconfirmed', 'adoption-unverified', 'frozen-unexpired'] as const;
export type AttentionKind = (typeof licenseAttention)[number];
export const instanceAttention = ['expiry-unconfirmed', 'frozen-unexpired', 'provisioning'] as const;
export type InstanceAttention = (typeof instanceAttention)[number];

/** The look-ups behind /admin and the gauges. Read-only. */
export interface AdminQueries {
  /** A license, and its order lines with the oldest first. */
  license(code: string): Promise<{ license: LicenseOverview; lines: readonly LineOverview[] } | undefined>;
  licenses(kind: AttentionKind, after: string, limit: number, now: number): Promise<readonly LicenseOverview[]>;
  instance(instanceId: string): Promise<InstanceOverview | undefined>;
  instances(kind: InstanceAttention, after: string, limit: number, now: number): Promise<readonly InstanceOverview[]>;
  /** The open question about what was bought by an order line. */
  orderQuestion(line: OrderLineId): Promise<OpenQuestion | undefined>;
  count(kind: Attention, now: number): Promise<number>;
  orderLines(subject: string): Promise<readonly LineOverview[]>;
  callbacks(filter: CallbackFilter): Promise<readonly ReceiptRow[]>;
  /** Events in the order of their ids, after the one with the id `after`. */
  events(state: EventState, after: number, limit: number): Promise<readonly EventOverview[]>;
  backlog(): Promise<readonly Backlog[]>;
}

export type EventState = 'dead' | 'waiting';

/** An order line without its subject, which is whose it is. */
export type LineOverview = Omit<OrderLineRow, 'subject'>;

/** An event without its payload, and without who is at it. */
export type EventOverview = Omit<OutboxRow, 'payload' | 'claimed_until' | 'generation'>;

/** A question to the store that is open about a subject; all null when there is none. */
export interface OpenQuestion {
  readonly reason: ConfirmationRow['reason'] | null;
  readonly attempts: number | null;
  readonly problem: string | null;
}

export type LicenseOverview = LicenseRow & OpenQuestion;

/** An instance without what the buyer gets, which only the store is told (R27). */
export type InstanceOverview = Omit<InstanceRow, 'delivery'> & OpenQuestion;

/** What is counted for the gauges. */
export type Attention =
  | { readonly of: 'licenses'; readonly kind: AttentionKind }
  | { readonly of: 'instances'; readonly kind: InstanceAttention };

/** Of a license or an instance; more are seldom bought. */
const mostLines = 1_000;

export interface CallbackFilter {
  readonly subject: string | undefined;
  readonly conflictsOnly: boolean;
  readonly before: number | undefined;
  readonly limit: number;
}

// Support and billing look up one license after another, so it is one question that is prepared once.
const licenseAndLines = statement<LicenseOverview & LineColumns>(
  `SELECT licenses.*, confirmations.reason, confirmations.attempts, confirmations.problem,
     order_lines.order_id, order_lines.order_line_id, order_lines.activity, order_lines.scene, order_lines.product_id,
     order_lines.expires_at AS line_expires_at, order_lines.applied_at
   FROM licenses
   LEFT JOIN confirmations ON confirmations.about = 'license' AND confirmations.subject = licenses.code
   LEFT JOIN order_lines ON order_lines.subject = licenses.code
   WHERE licenses.code = ? ORDER BY order_lines.applied_at LIMIT ${mostLines}`,
);

/** Of a license without lines all null. */
type LineColumns = Omit<LineOverview, 'expires_at' | 'order_id'> & {
  readonly order_id: string | null;
  readonly line_expires_at: number | null;
};

const linesOf = statement<OrderLineRow>(
  `SELECT * FROM order_lines WHERE subject = ? ORDER BY applied_at LIMIT ${mostLines}`,
);

export function adminQueries({ queries: db, ledger }: Pick<LedgerDatabase, 'queries' | 'ledger'>): AdminQueries {
  const overview = db
    .selectFrom('licenses')
    .leftJoin('confirmations', (join) =>
      join.on('confirmations.about', '=', 'license').onRef('confirmations.subject', '=', 'licenses.code'),
    )
    .selectAll('licenses')
    .select(['confirmations.reason', 'confirmations.attempts', 'confirmations.problem']);
  // Each kind is found by an index of its own size, never by going through all licenses: the literal is what lets SQLite
  // take the index of the frozen ones.
  const needing = (kind: AttentionKind, now: number) =>
    kind === 'frozen-unexpired'
      ? overview.where('licenses.status', '=', sql.lit('FROZEN')).where('licenses.expires_at', '>', now)
      : overview.where('confirmations.reason', '=', kind === 'expiry-unconfirmed' ? 'expiry' : 'adoption');
  const instances = db
    .selectFrom('instances')
    .leftJoin('confirmations', (join) =>
      join.on('confirmations.about', '=', 'instance').onRef('confirmations.subject', '=', 'instances.instance_id'),
    )
    .select(instanceColumns)
    .select(['confirmations.reason', 'confirmations.attempts', 'confirmations.problem']);
  const instancesNeeding = (kind: InstanceAttention, now: number) => {
    switch (kind) {
      case 'expiry-unconfirmed':
        return instances.where('confirmations.reason', '=', 'expiry');
      case 'frozen-unexpired':
        return instances.where('instances.status', '=', sql.lit('FROZEN')).where('instances.expires_at', '>', now);
      case 'provisioning':
        return instances
          .where('instances.provisioning', '=', sql.lit('PENDING'))
          .where('instances.status', '<>', 'RELEASED');
    }
  };
  // The conditions are those of the outbox's own indexes.
  const eventsThat = (state: EventState) =>
    db.selectFrom('outbox').where('dead_at', state === 'dead' ? 'is not' : 'is', null);
  const remaining = (state: EventState) =>
    eventsThat(state)
      .select(({ fn }) => ['channel' as const, fn.countAll<number>().as('count'), fn.min('id').as('first')])
      .groupBy('channel')
      .execute();
  return {
    async license(code) {
      const rows = await ledger.read(() => licenseAndLines.all(code));
      const [license] = rows;
      const lines = rows.flatMap(({ order_id, line_expires_at, ...row }) =>
        order_id === null ? [] : [{ ...row, order_id, expires_at: line_expires_at }],
      );
      return license && { license, lines };
    },
    licenses(kind, after, limit, now) {
      const code = kind === 'frozen-unexpired' ? 'licenses.code' : 'confirmations.subject';
      return needing(kind, now).where(code, '>', after).orderBy(code).limit(limit).execute();
    },
    instance: (instanceId) => instances.where('instances.instance_id', '=', instanceId).executeTakeFirst(),
    instances: (kind, after, limit, now) =>
      instancesNeeding(kind, now)
        .where('instances.instance_id', '>', after)
        .orderBy('instances.instance_id')
        .limit(limit)
        .execute(),
    orderQuestion: (line) =>
      db
        .selectFrom('confirmations')
        .select(['reason', 'attempts', 'problem'])
        .where('about', '=', 'order')
        .where('subject', '=', orderSubject(line))
        .executeTakeFirst(),
    async count(attention, now) {
      const count = db.fn.countAll<number>().as('count');
      const counted =
        attention.of === 'licenses'
          ? needing(attention.kind, now).clearSelect().select(count)
          : instancesNeeding(attention.kind, now).clearSelect().select(count);
      return (await counted.executeTakeFirstOrThrow()).count;
    },
    orderLines: (subject) => ledger.read(() => linesOf.all(subject)),
    callbacks({ subject, conflictsOnly, before, limit }) {
      let query = db.selectFrom('receipts').selectAll().orderBy('id', 'desc').limit(limit);
      if (subject !== undefined) query = query.where('subject', '=', subject);
      if (conflictsOnly) query = query.where('conflict', 'is not', null);
      if (before !== undefined) query = query.where('id', '<', before);
      return query.execute();
    },
    events: (state, after, limit) =>
      eventsThat(state).where('id', '>', after).select(overviewColumns).orderBy('id').limit(limit).execute(),
    async backlog() {
      const [waiting, dead] = await Promise.all([remaining('waiting'), remaining('dead')]);
      const oldest = waiting.map(({ first }) => first);
      const created =
        oldest.length === 0
          ? []
          : await db.selectFrom('outbox').select(['id', 'created_at']).where('id', 'in', oldest).execute();
      return channels.map((channel) => {
        const inLine = waiting.find((row) => row.channel === channel);
        return {
          channel,
          waiting: inLine?.count ?? 0,
          dead: dead.find((row) => row.channel === channel)?.count ?? 0,
          oldestAt: created.find(({ id }) => id === inLine?.first)?.created_at ?? null,
        };
      });
    },
  };
}

const overviewColumns = [
  'id',
  'channel',
  'event_id',
  'type',
  'subject',
  'created_at',
  'attempts',
  'next_attempt_at',
  'dead_at',
  'problem',
] as const satisfies readonly (keyof EventOverview)[];

const instanceColumns = [
  'instances.instance_id',
  'instances.order_id',
  'instances.order_line_id',
  'instances.status',
  'instances.expires_at',
  'instances.status_at',
  'instances.renewed',
  'instances.cancelled',
  'instances.provisioning',
  'instances.processing',
  'instances.revision',
  'instances.updated_at',
] as const;
