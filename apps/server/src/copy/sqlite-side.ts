import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { isLocked } from '../ledger/lock.ts';
import { CopyRefused, isOfLedger, quoted, type Row, type Side } from './side.ts';

const lockWaitMs = 1_000;
/** A batch ends with so many rows, or so many bytes. */
const batchRows = 500;
const batchBytes = 1024 * 1024;

/** Opens a file that is there. Throws CopyRefused where another process has it open: a server keeps it open while it runs. */
export function openSqliteSide(file: string): Side {
  const connection = new DatabaseSync(file, { timeout: lockWaitMs });
  try {
    // In this mode SQLite demands a lock that it does not get while anybody else has the file open, idle or not.
    connection.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
    return sideOn(connection);
  } catch (error) {
    connection.close();
    if (isLocked(error)) throw new CopyRefused(`${file} is in use: stop the server first`);
    throw error;
  }
}

function sideOn(connection: DatabaseSync): Side {
  const names = (sql: string, ...values: string[]): readonly string[] =>
    connection
      .prepare(sql)
      .all(...values)
      .map(({ name }) => String(name));
  const all = names("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  const tables = new Map(
    all.filter(isOfLedger).map((table) => [table, names('SELECT name FROM pragma_table_info(?) ORDER BY name', table)]),
  );
  const columnsOf = (table: string): readonly string[] => tables.get(table) ?? [];
  const inserts = new Map<string, StatementSync>();
  const insertInto = (table: string): StatementSync => {
    let insert = inserts.get(table);
    if (insert === undefined) {
      const columns = columnsOf(table);
      const holes = columns.map(() => '?').join(', ');
      insert = connection.prepare(`INSERT INTO "${table}" (${quoted(columns)}) VALUES (${holes})`);
      inserts.set(table, insert);
    }
    return insert;
  };
  return {
    tables,
    migrations: all.includes('kysely_migration') ? names('SELECT name FROM kysely_migration ORDER BY name') : [],
    isFilled: async (table) => connection.prepare(`SELECT 1 FROM "${table}" LIMIT 1`).get() !== undefined,
    async *rows(table) {
      const select = connection.prepare(`SELECT ${quoted(columnsOf(table))} FROM "${table}"`);
      select.setReturnArrays(true);
      let batch: Row[] = [];
      let bytes = 0;
      for (const found of select.iterate()) {
        const row = found as unknown as Row; // setReturnArrays, and tables.ts has no integers beyond 2^53
        batch.push(row);
        for (const value of row) bytes += typeof value === 'number' || value === null ? 8 : value.length;
        if (batch.length < batchRows && bytes < batchBytes) continue;
        yield batch;
        batch = [];
        bytes = 0;
      }
      if (batch.length > 0) yield batch;
    },
    async insert(table, rows) {
      const insert = insertInto(table);
      for (const row of rows) insert.run(...row);
    },
    countOn: async () => undefined, // an id is one more than the highest
    commit: async () => connection.exec('COMMIT'),
    close: async () => connection.close(),
  };
}
