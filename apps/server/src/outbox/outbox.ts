import { randomBytes } from 'node:crypto';
import type { Ledger } from '../ledger/ledger.ts';
import { afterwards, statement, touch, type Work } from '../ledger/work.ts';
import type { StorageCipher } from '../storage/cipher.ts';
import type { Channel, OutboxRow } from './tables.ts';

/** Events that wait to leave, kept beside the state they tell of. Instants are milliseconds since the epoch. */
export interface Outbox {
  /** Inside a transaction: puts an event in the line of its subject, once for each channel that takes it. */
  put(event: UnsentEvent, now: number): Work<void>;
  /** Up to `limit` heads of lines whose time has come and that nobody is at, longest due first, without the rows of `exclude`. */
  due(channel: Channel, now: number, limit: number, exclude: ReadonlySet<number>): Work<readonly OutboxRow[]>;
  /**
   * Inside a transaction that touches the channel: takes what is due for this process until `until`, and counts an
   * attempt at each before it is made. The next one comes after the pause of `pauseAfter`, in milliseconds, so that an
   * attempt that ends the process is not made again at once. What comes of an attempt counts only as long as nobody took
   * the row after that.
   */
  claim(
    ...due: [...Parameters<Outbox['due']>, until: number, pauseAfter: (row: OutboxRow) => number]
  ): Work<readonly Claim[]>;
  /** Inside a transaction: gives a row back that was not tried to its end, as it was before. */
  giveBack(claim: Claim): Work<void>;
  /** Inside a transaction: gives a row back whose attempt counts as made. */
  release(begun: OutboxRow): Work<void>;
  /** The event of a row; undefined where it was sealed with another key or changed since. */
  open(row: OutboxRow): StoredEvent | undefined;
  /** Inside a transaction: removes a delivered row, and the next of its line is due. False if it had been settled before. */
  settle(begun: OutboxRow, now: number): Work<boolean>;
  /** Inside a transaction: the attempt that was begun has failed; the row stays the head of its line. */
  postpone(begun: OutboxRow, until: number, problem: string): Work<void>;
  /** Inside a transaction: gives the row up; the next of its line is due. */
  bury(begun: OutboxRow, now: number, problem: string): Work<void>;
  /** Inside a transaction: puts what is dead of an event at the end of its line, in every channel, with attempts anew. */
  replay(eventId: string, now: number): Work<Replay>;
  /** Inside a transaction: gives up what waits of an event, in one channel or in every one; the next of its line is due. */
  skip(eventId: string, channel: Channel | undefined, now: number): Work<Skip>;
  /** Inside a transaction: deletes the dead letters of a subject whose types end in `.synced`, which hold personal data. */
  purgeSynced(subject: string): Work<void>;
  /** The subject of an event that has not left; undefined where there is none of this id. */
  subjectOf(eventId: string): Work<string | undefined>;
  /** `listener` is called, after the commit, whenever something may have become due by `put`, `replay` or `skip`. */
  listen(listener: () => void): void;
}

/** A row that was taken for an attempt. */
export interface Claim {
  readonly before: OutboxRow;
  readonly begun: OutboxRow;
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

const insert = statement(
  `INSERT INTO outbox (channel, event_id, type, subject, payload, created_at, attempts, next_attempt_at)
   VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, CASE WHEN EXISTS
     (SELECT 1 FROM outbox WHERE channel = ?1 AND subject = ?4 AND dead_at IS NULL) THEN NULL ELSE CAST(?7 AS BIGINT) END)`,
);
const selectDue = statement<OutboxRow>(
  `SELECT * FROM outbox WHERE channel = ?1 AND next_attempt_at <= ?2 AND (claimed_until IS NULL OR claimed_until <= ?2)
   ORDER BY next_attempt_at, id LIMIT ?3`,
);
const take = statement<OutboxRow>(
  `UPDATE outbox SET attempts = attempts + 1, next_attempt_at = ?, problem = ?, claimed_until = ?,
     generation = generation + 1
   WHERE id = ? AND generation = ? RETURNING *`,
);
// An id is given anew once the highest row is gone, and another process may have been faster: only this very claim.
const thisClaim = 'id = ? AND event_id = ? AND generation = ? AND dead_at IS NULL';
const unclaim = statement(
  `UPDATE outbox SET attempts = ?, next_attempt_at = ?, problem = ?, claimed_until = NULL WHERE ${thisClaim}`,
);
const release = statement(`UPDATE outbox SET claimed_until = NULL WHERE ${thisClaim}`);
const remove = statement(`DELETE FROM outbox WHERE ${thisClaim}`);
const delay = statement(`UPDATE outbox SET next_attempt_at = ?, problem = ?, claimed_until = NULL WHERE ${thisClaim}`);
const kill = statement(
  `UPDATE outbox SET next_attempt_at = NULL, dead_at = ?, problem = ?, claimed_until = NULL WHERE ${thisClaim}`,
);
// Whoever is at it: the generation makes what comes of that too late.
const abandon = statement(
  `UPDATE outbox SET next_attempt_at = NULL, dead_at = ?, problem = ?, claimed_until = NULL, generation = generation + 1
   WHERE id = ? AND event_id = ? AND dead_at IS NULL`,
);
const advance = statement(
  `UPDATE outbox SET next_attempt_at = ? WHERE next_attempt_at IS NULL AND id =
     (SELECT id FROM outbox WHERE channel = ? AND subject = ? AND dead_at IS NULL ORDER BY id LIMIT 1)`,
);
const selectEvent = statement<OutboxRow>('SELECT * FROM outbox WHERE event_id = ? ORDER BY id');
const removeDead = statement('DELETE FROM outbox WHERE id = ? AND dead_at IS NOT NULL');
const removeSynced = statement(`DELETE FROM outbox WHERE subject = ? AND dead_at IS NOT NULL AND type LIKE '%.synced'`);

/**
 * `to`: the channels events are put into; `takes` whether one has a use for events of a type. An event that none takes
 * is not kept.
 */
export function openOutbox(
  cipher: StorageCipher,
  to: readonly Channel[],
  takes: (channel: Channel, type: string) => boolean = () => true,
): Outbox {
  const listeners: (() => void)[] = [];
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  function* enqueue(row: Pick<OutboxRow, 'channel' | SealedColumn>, now: number): Work<void> {
    const { channel, event_id, type, subject, payload, created_at } = row;
    yield* insert.write(channel, event_id, type, subject, payload, created_at, now);
  }

  function* due(
    channel: Channel,
    now: number,
    limit: number,
    exclude: ReadonlySet<number>,
  ): Work<readonly OutboxRow[]> {
    const rows = yield* selectDue.all(channel, now, limit + exclude.size);
    return rows.filter(({ id }) => !exclude.has(id)).slice(0, limit);
  }

  return {
    *put({ type, subject, data }, now) {
      const into = to.filter((channel) => takes(channel, type));
      if (into.length === 0) return;
      yield* touch(subject);
      const event_id = `evt_${randomBytes(18).toString('base64url')}`;
      const payload = cipher.seal(JSON.stringify(data), contextOf({ event_id, type, subject }));
      for (const channel of into) {
        yield* enqueue({ channel, event_id, type, subject, payload, created_at: now }, now);
      }
      yield* afterwards(tell);
    },
    due,
    *claim(channel, now, limit, exclude, until, pauseAfter) {
      yield* touch(lineOf(channel));
      const claims: Claim[] = [];
      for (const before of yield* due(channel, now, limit, exclude)) {
        const next = now + Math.round(pauseAfter(before));
        const begun = yield* take.first(next, begunProblem, until, before.id, before.generation);
        // One that was settled at this very moment is gone.
        if (begun !== undefined) claims.push({ before, begun });
      }
      return claims;
    },
    *giveBack({ before: { attempts, next_attempt_at, problem }, begun: { id, event_id, generation } }) {
      yield* unclaim.write(attempts, next_attempt_at, problem, id, event_id, generation);
    },
    *release({ id, event_id, generation }) {
      yield* release.write(id, event_id, generation);
    },
    open(row) {
      const data = opened(cipher, row);
      if (data === undefined) return undefined;
      const { event_id: id, type, subject, created_at: createdAt, attempts } = row;
      return { id, type, subject, createdAt, attempts, data: data.value };
    },
    *settle({ id, event_id, generation, channel, subject }, now) {
      yield* touch(subject);
      if ((yield* remove.run(id, event_id, generation)) === 0) return false;
      yield* advance.write(now, channel, subject);
      return true;
    },
    *postpone({ id, event_id, generation }, until, problem) {
      yield* delay.write(until, problem.slice(0, problemLimit), id, event_id, generation);
    },
    *bury({ id, event_id, generation, channel, subject }, now, problem) {
      yield* touch(subject);
      yield* kill.write(now, problem.slice(0, problemLimit), id, event_id, generation);
      yield* advance.write(now, channel, subject);
    },
    *replay(eventId, now) {
      const rows = yield* selectEvent.all(eventId);
      if (rows.length === 0) return 'unknown';
      const dead = rows.filter(({ dead_at }) => dead_at !== null);
      if (dead.length === 0) return 'not-dead';
      for (const row of dead) {
        yield* touch(row.subject);
        yield* removeDead.write(row.id);
        yield* enqueue(row, now);
      }
      yield* afterwards(tell);
      return 'replayed';
    },
    *skip(eventId, channel, now) {
      const rows = yield* selectEvent.all(eventId);
      const asked = rows.filter((row) => channel === undefined || row.channel === channel);
      if (asked.length === 0) return 'unknown';
      const waiting = asked.filter(({ dead_at }) => dead_at === null);
      if (waiting.length === 0) return 'not-waiting';
      for (const { id, event_id, channel, subject, problem } of waiting) {
        yield* touch(subject);
        const why = `skipped by an operator; before: ${problem ?? 'no problem'}`;
        yield* abandon.write(now, why.slice(0, problemLimit), id, event_id);
        yield* advance.write(now, channel, subject);
      }
      yield* afterwards(tell);
      return 'skipped';
    },
    *purgeSynced(subject) {
      yield* touch(subject);
      yield* removeSynced.write(subject);
    },
    *subjectOf(eventId) {
      return (yield* selectEvent.first(eventId))?.subject;
    },
    listen: (listener) => void listeners.push(listener),
  };
}

/** What taking rows of a channel touches. */
export const lineOf = (channel: Channel): string => `outbox ${channel}`;

/** Replays an event in a transaction of its own. */
export const replayEvent = (ledger: Ledger, outbox: Outbox, eventId: string, now: number): Promise<Replay> =>
  withSubject(ledger, outbox, eventId, () => outbox.replay(eventId, now));

/** Gives up an event that waits, in a transaction of its own. */
export const skipEvent = (
  ledger: Ledger,
  outbox: Outbox,
  eventId: string,
  channel: Channel | undefined,
  now: number,
): Promise<Skip> => withSubject(ledger, outbox, eventId, () => outbox.skip(eventId, channel, now));

async function withSubject<T>(ledger: Ledger, outbox: Outbox, eventId: string, work: () => Work<T>): Promise<T> {
  const subject = await ledger.read(() => outbox.subjectOf(eventId));
  return ledger.run(subject === undefined ? [] : [subject], work);
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
