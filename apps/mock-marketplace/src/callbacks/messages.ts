import type { DatabaseSync } from 'node:sqlite';
import type { ActivityName } from '@koobridge/contracts';
import { query } from '../database/query.ts';
import type { Callback } from './callback.ts';
import { Message, type MessageStatus } from './message.ts';

/** Which messages to list; what is left out does not matter. */
export interface MessageFilter {
  readonly license?: string | undefined;
  readonly activity?: ActivityName | undefined;
  readonly status?: MessageStatus | undefined;
  readonly orderId?: string | undefined;
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
  /** Messages of a code that wait for a repetition. */
  retrying(license: string, activities: readonly ActivityName[]): Message[];
  stop(id: number, note: string): void;
  /** Messages that were to be sent, or on the wire, when the marketplace ended. */
  unfinished(): Message[];
}

export function storedMessages(database: DatabaseSync): Messages {
  const insert = query(
    database,
    Message,
    `INSERT INTO messages (activity, license, command, orderId, body, createdAt, status)
     VALUES ($activity, $license, $command, $orderId, $body, $createdAt, 'SENDING') RETURNING *`,
  );
  const byId = query(database, Message, 'SELECT * FROM messages WHERE id = $id');
  const filtered = query(
    database,
    Message,
    `SELECT * FROM messages
     WHERE id > $after AND ($license IS NULL OR license = $license) AND ($activity IS NULL OR activity = $activity)
       AND ($status IS NULL OR status = $status) AND ($orderId IS NULL OR orderId = $orderId)
     ORDER BY id LIMIT $limit`,
  );
  const ofLicense = query(
    database,
    Message,
    `SELECT * FROM messages WHERE license = $license AND activity = $activity AND status = 'RETRYING' ORDER BY id`,
  );
  const begun = query(
    database,
    Message,
    `SELECT * FROM messages
     WHERE status = 'SENDING' OR id IN (SELECT message FROM attempts WHERE state = 'UNDER_WAY') ORDER BY id`,
  );
  const update = database.prepare('UPDATE messages SET status = $status WHERE id = $id');
  const repeat = database.prepare(`UPDATE messages SET status = 'SENDING', retries = retries + 1 WHERE id = $id`);
  const end = database.prepare(`UPDATE messages SET status = 'STOPPED', note = $note WHERE id = $id`);
  return {
    add: ({ activity, license, command, orderId, body }, createdAt) => {
      const message = insert.one({ activity, license, command, orderId, body, createdAt });
      if (message === undefined) throw new Error('the database answered no row to an insert');
      return message;
    },
    find: (id) => byId.one({ id }),
    list: ({ license = null, activity = null, status = null, orderId = null, after = 0, limit }) =>
      filtered.all({ license, activity, status, orderId, after, limit }),
    setStatus: (id, status) => void update.run({ id, status }),
    takeRetry: (id) => void repeat.run({ id }),
    retrying: (license, activities) => activities.flatMap((activity) => ofLicense.all({ license, activity })),
    stop: (id, note) => void end.run({ id, note }),
    unfinished: () => begun.all(),
  };
}
