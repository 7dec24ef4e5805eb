import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { StorageCipher } from '../storage/cipher.ts';
import type { Channel, OutboxRow } from './tables.ts';

/** Events that wait to leave, kept beside the state they tell of. Instants are milliseconds since the epoch. */
export interface Outbox {
  /** Inside a transaction: puts an event in the line of its subject, once for each channel that takes it. */
  put(event: UnsentEvent, now: number): void;
  /** Up to `limit` heads of lines whose time has come, longest due first, without the rows of `exclude`. */
  due(channel: Channel, now: number, limit: number, exclude: ReadonlySet<number>): OutboxRow[];
  /** The event of a row; undefined where it was sealed with another key or changed since. */
  open(row: OutboxRow): StoredEvent | undefined;
  /**
   * Inside a transaction: counts an attempt before it is made, and lets the next one come at `until`, so that an attempt
   * that ends the process is not made again at once. Undefined where somebody else was faster.
   */
  begin(row: OutboxRow, until: number): OutboxRow | undefined;
  /** Inside a transaction: makes a row that was begun what it was before. */
  giveBack(begun: OutboxRow, row: OutboxRow): void;
  /** Inside a transaction: removes a delivered row, and the next of its line is due. False if it had been settled before. */
  settle(row: OutboxRow, now: number): boolean;
  /** Inside a transaction: the attempt that was begun has failed; the row stays the head of its line. */
  postpone(begun: OutboxRow, until: number, problem: string): void;
  /** Inside a transaction: gives the row up; the next of its line is due. */
  bury(row: OutboxRow, now: number, problem: string): void;
  /** Inside a transaction: puts what is dead of an event at the end of its line, in every channel, with attempts anew. */
  replay(eventId: string, now: number): Replay;
  /** Inside a transaction: gives up what waits of an event, in one channel or in every one; the next of its line is due. */
  skip(eventId: string, channel: Channel | undefined, now: number): Skip;
  /** Inside a transaction: deletes the dead letters of a subject whose types end in `.synced`, which hold personal data. */
  purgeSynced(subject: string): void;
  /** `listener` is called, inside the transaction, whenever something may have become due by `put`, `replay` or `skip`. */
  listen(listener: () => void): void;
}

/** An event without what the outbox gives it. */
export interface UnsentEvent {
  readonly type: string;
  /** Events of one subject leave in order. */
  readonly subject: string;
  readonly data: object;
}

export interface StoredEvent {
  /** The same at every attempt and in every channel. */
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly createdAt: number;
  /** What was put, after a round through JSON. */
  readonly data: unknown;
  /** Attempts before this one. */
  readonly attempts: number;
}

export type Replay = 'replayed' | 'unknown' | 'not-dead';
export type Skip = 'skipped' | 'unknown' | 'not-waiting';

const problemLimit = 500;
/** What is told of an attempt that is under way, or with which the process ended. */
export const begunProblem = 'begun, and not ended yet: if nothing is under way, the process ended with it';

/**
 * `to`: the channels events are put into; `takes` whether one has a use for events of a type. An event that none takes
 * is not kept.
 */
export function sqliteOutbox(
  connection: DatabaseSync,
  cipher: StorageCipher,
  to: readonly Channel[],
  takes: (channel: Channel, type: string) => boolean = () => true,
): Outbox {
  const insert = connection.prepare(
    `INSERT INTO outbox (channel, event_id, type, subject, payload, created_at, attempts, next_attempt_at)
     VALUES (?, ?, ?, ?, ?, ?, 0, CASE WHEN EXISTS
       (SELECT 1 FROM outbox WHERE channel = ? AND subject = ? AND dead_at IS NULL) THEN NULL ELSE ? END)`,
  );
  const selectDue = connection.prepare(
    'SELECT * FROM outbox WHERE channel = ? AND next_attempt_at <= ? ORDER BY next_attempt_at, id LIMIT ?',
  );
  // An id is given anew once the highest row is gone, and another process may have been faster: only this very attempt.
  const thisAttempt = 'id = ? AND event_id = ? AND attempts = ? AND dead_at IS NULL';
  const remove = connection.prepare(`DELETE FROM outbox WHERE ${thisAttempt}`);
  const set = connection.prepare(
    `UPDATE outbox SET attempts = ?, next_attempt_at = ?, problem = ? WHERE ${thisAttempt}`,
  );
  const kill = connection.prepare(
    `UPDATE outbox SET next_attempt_at = NULL, dead_at = ?, problem = ? WHERE ${thisAttempt}`,
  );
  const advance = connection.prepare(
    `UPDATE outbox SET next_attempt_at = ? WHERE next_attempt_at IS NULL AND id =
       (SELECT id FROM outbox WHERE channel = ? AND subject = ? AND dead_at IS NULL ORDER BY id LIMIT 1)`,
  );
  const selectEvent = connection.prepare('SELECT * FROM outbox WHERE event_id = ? ORDER BY id');
  const removeDead = connection.prepare('DELETE FROM outbox WHERE id = ? AND dead_at IS NOT NULL');
  const removeSynced = connection.prepare(
    `DELETE FROM outbox WHERE subject = ? AND dead_at IS NOT NULL AND type LIKE '%.synced'`,
  );
  const listeners: (() => void)[] = [];
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  const enqueue = (row: Pick<OutboxRow, 'channel' | SealedColumn>, now: number): void => {
    const { channel, event_id, type, subject, payload, created_at } = row;
    insert.run(channel, event_id, type, subject, payload, created_at, channel, subject, now);
  };

  const bury: Outbox['bury'] = ({ id, event_id, attempts, channel, subject }, now, problem) => {
    kill.run(now, problem.slice(0, problemLimit), id, event_id, attempts);
    advance.run(now, channel, subject);
  };

  return {
    put({ type, subject, data }, now) {
      const into = to.filter((channel) => takes(channel, type));
      if (into.length === 0) return;
      const event_id = `evt_${randomBytes(18).toString('base64url')}`;
      const payload = cipher.seal(JSON.stringify(data), contextOf({ event_id, type, subject }));
      for (const channel of into) enqueue({ channel, event_id, type, subject, payload, created_at: now }, now);
      tell();
    },
    due(channel, now, limit, exclude) {
      // tables.ts made the columns
      const rows = selectDue.all(channel, now, limit + exclude.size) as unknown as OutboxRow[];
      return rows.filter(({ id }) => !exclude.has(id)).slice(0, limit);
    },
    open(row) {
      const data = opened(cipher, row);
      if (data === undefined) return undefined;
      const { event_id: id, type, subject, created_at: createdAt, attempts } = row;
      return { id, type, subject, createdAt, attempts, data: data.value };
    },
    begin(row, until) {
      const attempts = row.attempts + 1;
      const { changes } = set.run(attempts, until, begunProblem, row.id, row.event_id, row.attempts);
      return changes === 0 ? undefined : { ...row, attempts };
    },
    giveBack({ id, event_id, attempts }, { attempts: before, next_attempt_at, problem }) {
      set.run(before, next_attempt_at, problem, id, event_id, attempts);
    },
    settle({ id, event_id, attempts, channel, subject }, now) {
      if (remove.run(id, event_id, attempts).changes === 0) return false;
      advance.run(now, channel, subject);
      return true;
    },
    postpone({ id, event_id, attempts }, until, problem) {
      set.run(attempts, until, problem.slice(0, problemLimit), id, event_id, attempts);
    },
    bury,
    replay(eventId, now) {
      const rows = selectEvent.all(eventId) as unknown as OutboxRow[]; // tables.ts made the columns
      if (rows.length === 0) return 'unknown';
      const dead = rows.filter(({ dead_at }) => dead_at !== null);
      if (dead.length === 0) return 'not-dead';
      for (const row of dead) {
        removeDead.run(row.id);
        enqueue(row, now);
      }
      tell();
      return 'replayed';
    },
    skip(eventId, channel, now) {
      const rows = selectEvent.all(eventId) as unknown as OutboxRow[]; // tables.ts made the columns
      const asked = rows.filter((row) => channel === undefined || row.channel === channel);
      if (asked.length === 0) return 'unknown';
      const waiting = asked.filter(({ dead_at }) => dead_at === null);
      if (waiting.length === 0) return 'not-waiting';
      for (const row of waiting) bury(row, now, `skipped by an operator; before: ${row.problem ?? 'no problem'}`);
      tell();
      return 'skipped';
    },
    purgeSynced: (subject) => void removeSynced.run(subject),
    listen: (listener) => void listeners.push(listener),
  };
}

type SealedColumn = 'event_id' | 'type' | 'subject' | 'payload' | 'created_at';

/** What a payload is sealed to, so that none can be moved to another event. */
const contextOf = ({ event_id, type, subject }: Pick<OutboxRow, 'event_id' | 'type' | 'subject'>): string =>
  `outbox ${JSON.stringify([event_id, type, subject])}`;

function opened(cipher: StorageCipher, row: OutboxRow): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(cipher.open(row.payload, contextOf(row))) };
  } catch {
    return undefined;
  }
}
