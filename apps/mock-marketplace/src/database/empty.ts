import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { query } from './query.ts';

/** Deletes every row of every table, within a transaction; numbers are given out from 1 again. */
export function emptyTables(database: DatabaseSync): void {
  const tables = query(
    database,
    z.object({ name: z.string() }),
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND (name = 'sqlite_sequence' OR name NOT LIKE 'sqlite^_%' ESCAPE '^')`,
  );
  database.exec('PRAGMA defer_foreign_keys = ON');
  for (const { name } of tables.all()) database.exec(`DELETE FROM "${name}"`);
}
