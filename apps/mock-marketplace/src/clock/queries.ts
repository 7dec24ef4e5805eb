import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { query } from '../database/query.ts';

/** The life-cycle clock (R23): it stands still until it is moved. */
export interface Clock {
  /** Milliseconds since the epoch, whole seconds. */
  now(): number;
  set(instant: number): void;
}

/** `start` is the instant of a clock that was never set. */
export function storedClock(database: DatabaseSync, start: number): Clock {
  database.prepare('INSERT INTO clock (id, now) VALUES (1, $start) ON CONFLICT DO NOTHING').run({ start });
  const select = query(database, z.object({ now: z.number() }), 'SELECT now FROM clock');
  const update = database.prepare('UPDATE clock SET now = $instant');
  return {
    now: () => select.one()?.now ?? start,
    set: (instant) => void update.run({ instant }),
  };
}

/** Something that falls due: a step in the life of a code, or the next attempt of a message. */
const DueEvent = z.object({
  seq: z.number(),
  at: z.number(),
  kind: z.enum(['FREEZE', 'RELEASE', 'RETRY']),
  /** The code, or the message's id. */
  subject: z.string(),
});
export type DueEvent = z.output<typeof DueEvent>;

/** What falls due, in the order of its instant; at the same instant, what was planned first comes first. */
export interface DueEvents {
  plan(event: Omit<DueEvent, 'seq'>): void;
  /** Forgets what was planned for a subject. */
  cancel(subject: string, kinds: readonly DueEvent['kind'][]): void;
  done(event: DueEvent): void;
  /** The first event that is due at `instant` or before. */
  next(instant: number): DueEvent | undefined;
  /** How many are due at `instant` or before, as far as they are planned by now. */
  countUntil(instant: number): number;
  plannedFor(subject: string, kind: DueEvent['kind']): number | undefined;
}

export function dueEvents(database: DatabaseSync): DueEvents {
  const columns = 'seq, at, kind, subject';
  const insert = database.prepare('INSERT INTO dueEvents (at, kind, subject) VALUES ($at, $kind, $subject)');
  const remove = database.prepare('DELETE FROM dueEvents WHERE seq = $seq');
  const removeKind = database.prepare('DELETE FROM dueEvents WHERE subject = $subject AND kind = $kind');
  const first = query(
    database,
    DueEvent,
    `SELECT ${columns} FROM dueEvents WHERE at <= $instant ORDER BY at, seq LIMIT 1`,
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
    plan: ({ at, kind, subject }) => void insert.run({ at, kind, subject }),
    cancel: (subject, kinds) => {
      for (const kind of kinds) removeKind.run({ subject, kind });
    },
    done: ({ seq }) => void remove.run({ seq }),
    next: (instant) => first.one({ instant }),
    countUntil: (instant) => count.one({ instant })?.count ?? 0,
    plannedFor: (subject, kind) => planned.one({ subject, kind })?.at,
  };
}
