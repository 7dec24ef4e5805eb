import type { DatabaseSync } from 'node:sqlite';
import { query } from '../database/query.ts';
import { Notice, type NoticeDraft, type NoticeKind } from './notice.ts';

/** Which notices to list; what is left out does not matter. */
export interface NoticeFilter {
  readonly kind?: NoticeKind | undefined;
  readonly listing?: string | undefined;
  readonly orderId?: string | undefined;
  /** Only notices with a higher id. */
  readonly after?: number | undefined;
  readonly limit: number;
}

export interface Notices {
  add(draft: NoticeDraft, at: number): void;
  /** Oldest first. */
  list(filter: NoticeFilter): Notice[];
}

/** The latest notices that are kept; a mailbox has an end too. */
export const noticesKept = 10_000;

export function storedNotices(database: DatabaseSync): Notices {
  const insert = database.prepare(
    `INSERT INTO notices (at, kind, listing, subscription, orderId, message, text)
     VALUES ($at, $kind, $listing, $subscription, $orderId, $message, $text)`,
  );
  const forget = database.prepare('DELETE FROM notices WHERE id <= $last');
  const filtered = query(
    database,
    Notice,
    `SELECT * FROM notices
     WHERE id > $after AND ($kind IS NULL OR kind = $kind) AND ($listing IS NULL OR listing = $listing)
       AND ($orderId IS NULL OR orderId = $orderId)
     ORDER BY id LIMIT $limit`,
  );
  const blank = { listing: null, subscription: null, orderId: null, message: null };
  return {
    add: (draft, at) => {
      const { lastInsertRowid } = insert.run({ ...blank, ...draft, at });
      forget.run({ last: Number(lastInsertRowid) - noticesKept });
    },
    list: ({ kind = null, listing = null, orderId = null, after = 0, limit }) =>
      filtered.all({ kind, listing, orderId, after, limit }),
  };
}
