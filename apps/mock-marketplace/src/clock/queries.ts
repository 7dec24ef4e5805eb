import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { query } from '../database/query.ts';

/** The life-cycle clock (R23): it stands still until it is moved. */
export interface Clock {
  /** Milliseconds since the epoch, whole seconds. */
  now(): number;
  set(instant: number): void;
  /** For tables that were emptied. */
  begin(start: number): void;
}

/** `start` is the instant of a clock that was never set. */
export function storedClock(database: DatabaseSync, start: number): Clock {
  const insert = database.prepare('INSERT INTO clock (id, now) VALUES (1, $start) ON CONFLICT DO NOTHING');
  insert.run({ start });
  const select = query(database, z.object({ now: z.number() }), 'SELECT now FROM clock');
  const update = database.prepare('UPDATE clock SET now = $instant');
  return {
    now: () => select.one()?.now ?? start,
    set: (instant) => void update.run({ instant }),
    begin: (first) => void insert.run({ start: first }),
  };
}

/** Everything that can fall due; `clock/fire.ts` says what then happens. */
export const EventKind = z.enum([
  'FREEZE',
  'RELEASE',
  'RENEW',
  'RETRY',
  'GIVE_UP',
  'SEND',
  'REPEAT',
  'LOOK',
  'PROBE',
  'CLOSE_SUPERVISION',
  'VALIDATE_USAGE',
]);
export type EventKind = z.output<typeof EventKind>;

const DueEvent = z.object({
  seq: z.number(),
  at: z.number(),
  kind: EventKind,
  /** What it happens to: the id of a subscription, a message, a listing. */
  subject: z.string(),
  /** Events of one lane never overtake each other; those of several lanes may happen side by side at one instant. */
  lane: z.string(),
});
export type DueEvent = z.output<typeof DueEvent>;

/** What falls due, in the order of its instant; at the same instant, what was planned first comes first. */
export interface DueEvents {
  plan(event: Omit<DueEvent, 'seq'>): void;
  /** Forgets what was planned for a subject. */
  cancel(subject: string, kinds: readonly EventKind[]): void;
  done(event: DueEvent): void;
  /** The first event that is due at `instant` or before. */
  next(instant: number): DueEvent | undefined;
  /** That event and those behind it at its instant, as far as no two are of one lane, at most `limit`. */
  nextTogether(instant: number, limit: number): DueEvent[];
  /** How many are due at `instant` or before, as far as they are planned by now. */
  countUntil(instant: number): number;
  plannedFor(subject: string, kind: EventKind): number | undefined;
}

export function dueEvents(database: DatabaseSync): DueEvents {
  const columns = 'seq, at, kind, subject, lane';
  const insert = database.prepare(
    'INSERT INTO dueEvents (at, kind, subject, lane) VALUES ($at, $kind, $subject, $lane)',
  );
  const remove = database.prepare('DELETE FROM dueEvents WHERE seq = $seq');
  const removeKind = database.prepare('DELETE FROM dueEvents WHERE subject = $subject AND kind = $kind');
  const first = query(
    database,
    DueEvent,
    `SELECT ${columns} FROM dueEvents WHERE at <= $instant ORDER BY at, seq LIMIT 1`,
  );
  const earliest = query(
    database,
    DueEvent,
    `SELECT ${columns} FROM dueEvents
     WHERE at = (SELECT min(at) FROM dueEvents) AND at <= $instant ORDER BY seq LIMIT $limit`,
  );
  const count = query(
    database,
    z.object({ count: z.number() }),
    'SELECT count(*) AS count FROM dueEvents WHERE at <= $instant',
  );
  const planned = query(
    database,
    DueEvent,
    `SELECT ${columns} FROM dueEvents WHERE subject = $subject AND kind = $kind`,
  );
  return {
    plan: (event) => void insert.run({ ...event }),
    cancel: (subject, kinds) => {
      for (const kind of kinds) removeKind.run({ subject, kind });
    },
    done: ({ seq }) => void remove.run({ seq }),
    next: (instant) => first.one({ instant }),
    nextTogether: (instant, limit) => {
      const candidates = earliest.all({ instant, limit });
      const repeated = candidates.findIndex(({ lane }, index) =>
        candidates.slice(0, index).some((other) => other.lane === lane),
      );
      return repeated === -1 ? candidates : candidates.slice(0, repeated);
    },
    countUntil: (instant) => count.one({ instant })?.count ?? 0,
    plannedFor: (subject, kind) => planned.one({ subject, kind })?.at,
  };
}
