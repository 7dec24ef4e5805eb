import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { jsonColumn, query } from '../database/query.ts';
import { DebuggingCase } from './case.ts';

export interface DebuggingCases {
  find(id: string): DebuggingCase | undefined;
  /** In the order in which they were first saved; of one listing, or of all. */
  list(listing: string | undefined, after: string | undefined, limit: number): DebuggingCase[];
  count(): number;
  /** Saves a case; one that is there keeps its place and the time it was saved first. */
  save(one: DebuggingCase): void;
  /** Notes the message of the latest run. */
  ran(id: string, message: number): void;
  remove(id: string): void;
}

const Row = DebuggingCase.extend({ members: jsonColumn(DebuggingCase.shape.members) });

export function storedDebuggingCases(database: DatabaseSync): DebuggingCases {
  const byId = query(database, Row, 'SELECT * FROM debuggingCases WHERE id = $id');
  const behind = query(
    database,
    Row,
    `SELECT * FROM debuggingCases
     WHERE rowid > coalesce((SELECT rowid FROM debuggingCases WHERE id = $after), 0)
       AND ($listing IS NULL OR listing = $listing)
     ORDER BY rowid LIMIT $limit`,
  );
  const counted = query(database, z.object({ count: z.number() }), 'SELECT count(*) AS count FROM debuggingCases');
  const upsert = database.prepare(
    `INSERT INTO debuggingCases VALUES ($id, $listing, $interface, $members, $savedAt, $lastMessage)
     ON CONFLICT (id) DO UPDATE SET lastMessage = $lastMessage`,
  );
  const note = database.prepare('UPDATE debuggingCases SET lastMessage = $message WHERE id = $id');
  const remove = database.prepare('DELETE FROM debuggingCases WHERE id = $id');
  return {
    find: (id) => byId.one({ id }),
    list: (listing, after, limit) => behind.all({ listing: listing ?? null, after: after ?? null, limit }),
    count: () => counted.one()?.count ?? 0,
    save: (one) => void upsert.run({ ...one, members: JSON.stringify(one.members) }),
    ran: (id, message) => void note.run({ id, message }),
    remove: (id) => void remove.run({ id }),
  };
}
