import type { DatabaseSync } from 'node:sqlite';
import { query } from '../database/query.ts';
import type { Callback } from './callback.ts';
import type { CallName } from './calls.ts';
import { Message, type MessagePurpose, type MessageStatus } from './message.ts';

/** Which messages to list; what is left out does not matter. */
export interface MessageFilter {
  readonly license?: string | undefined;
  readonly instanceId?: string | undefined;
  readonly subject?: string | undefined;
  readonly activity?: CallName | undefined;
  readonly status?: MessageStatus | undefined;
  readonly orderId?: string | undefined;
  readonly purpose?: MessagePurpose | undefined;
  /** Only messages with a higher id. */
  readonly after?: number | undefined;
  readonly limit: number;
}

export interface Messages {
  /** A new message, to be sent. */
  add(callback: Callback, now: number): Message;
  find(id: number): Message | undefined;
  /** Oldest first. */
  list(filter: MessageFilter): Message[];
  setStatus(id: number, status: MessageStatus): void;
  /** Takes one of the repetitions and is sent again. */
  takeRetry(id: number): void;
  /** Messages about a subject that wait for a repetition, or to be made. */
  waiting(subject: string, activities?: readonly CallName[]): Message[];
  /** Messages about a subject that are held back. */
  held(subject: string): Message[];
  /** The newest message about a subject of one activity. */
  latest(subject: string, activity: CallName): Message | undefined;
  /** The seller has named the instance that earlier messages about the subject could not name. */
  name(subject: string, instanceId: string): void;
  stop(id: number, note: string): void;
  /** Forgets the probes, with their attempts, that were begun before `instant`. */
  forgetProbes(instant: number): void;
  /** Messages that were to be sent, or on the wire, when the marketplace ended. */
  unfinished(): Message[];
}

export function storedMessages(database: DatabaseSync): Messages {
  const insert = query(
    database,
    Message,
    `INSERT INTO messages (activity, subject, license, instanceId, command, orderId, body, plan, purpose, createdAt, status)
     VALUES ($activity, $subject, $license, $instanceId, $command, $orderId, $body, $plan, $purpose, $createdAt, 'SENDING')
     RETURNING *`,
  );
  const byId = query(database, Message, 'SELECT * FROM messages WHERE id = $id');
  const filtered = query(
    database,
    Message,
    `SELECT * FROM messages
     WHERE id > $after AND ($license IS NULL OR license = $license) AND ($instanceId IS NULL OR instanceId = $instanceId)
       AND ($subject IS NULL OR subject = $subject) AND ($activity IS NULL OR activity = $activity)
       AND ($status IS NULL OR status = $status) AND ($orderId IS NULL OR orderId = $orderId)
       AND ($purpose IS NULL OR purpose = $purpose)
     ORDER BY id LIMIT $limit`,
  );
  const ofSubject = query(
    database,
    Message,
    `SELECT * FROM messages WHERE subject = $subject AND status IN ('RETRYING', 'HELD') ORDER BY id`,
  );
  const heldBack = query(
    database,
    Message,
    `SELECT * FROM messages WHERE subject = $subject AND status = 'HELD' ORDER BY id`,
  );
  const newest = query(
    database,
    Message,
    'SELECT * FROM messages WHERE subject = $subject AND activity = $activity ORDER BY id DESC LIMIT 1',
  );
  const begun = query(
    database,
    Message,
    `SELECT * FROM messages
     WHERE status = 'SENDING' OR id IN (SELECT message FROM attempts WHERE state = 'UNDER_WAY') ORDER BY id`,
  );
  const update = database.prepare('UPDATE messages SET status = $status WHERE id = $id');
  const repeat = database.prepare(`UPDATE messages SET status = 'SENDING', retries = retries + 1 WHERE id = $id`);
  const naming = database.prepare(
    'UPDATE messages SET instanceId = $instanceId WHERE subject = $subject AND instanceId IS NULL',
  );
  const oldProbes = `purpose = 'PROBE' AND createdAt < $instant`;
  const forgetAttempts = database.prepare(
    `DELETE FROM attempts WHERE message IN (SELECT id FROM messages WHERE ${oldProbes})`,
  );
  const forget = database.prepare(`DELETE FROM messages WHERE ${oldProbes}`);
  const end = database.prepare(`UPDATE messages SET status = 'STOPPED', note = $note WHERE id = $id`);
  return {
    add: (callback, createdAt) => {
      const message = insert.one({ purpose: 'ORDER', ...callback, createdAt });
      if (message === undefined) throw new Error('the database answered no row to an insert');
      return message;
    },
    find: (id) => byId.one({ id }),
    list: ({
      license = null,
      instanceId = null,
      subject = null,
      activity = null,
      status = null,
      orderId = null,
      purpose = null,
      after = 0,
      limit,
    }) => filtered.all({ license, instanceId, subject, activity, status, orderId, purpose, after, limit }),
    setStatus: (id, status) => void update.run({ id, status }),
    takeRetry: (id) => void repeat.run({ id }),
    waiting: (subject, activities) =>
      ofSubject.all({ subject }).filter(({ activity }) => activities?.includes(activity) ?? true),
    held: (subject) => heldBack.all({ subject }),
    latest: (subject, activity) => newest.one({ subject, activity }),
    name: (subject, instanceId) => void naming.run({ subject, instanceId }),
    stop: (id, note) => void end.run({ id, note }),
    forgetProbes: (instant) => {
      forgetAttempts.run({ instant });
      forget.run({ instant });
    },
    unfinished: () => begun.all(),
  };
}
