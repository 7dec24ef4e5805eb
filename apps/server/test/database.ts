import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { databaseAddress } from '../src/config/config.ts';
import { isLocked, lockRetryMs } from '../src/ledger/lock.ts';
import { openLedger } from '../src/ledger/open.ts';
import { asked, borrowDatabase } from './postgres/databases.ts';

/** Which database the tests of this run are about; see vitest.config.ts. */
export const onPostgres = process.env['TEST_DATABASE'] === 'postgres';

/** How often a property is tried: on PostgreSQL less often, because every try waits for its answers. */
export const runs = (count: number): number => (onPostgres ? Math.ceil(count / 10) : count);

interface Borrowed {
  /** As DATABASE_URL has it. */
  readonly url: string;
  giveBack(): void | Promise<void>;
}

/** An empty database. */
export async function borrow(): Promise<Borrowed> {
  if (onPostgres) return borrowDatabase();
  const directory = mkdtempSync(join(tmpdir(), 'koobridge-'));
  return {
    url: `sqlite:${join(directory, 'server.db')}`,
    giveBack: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** An empty database, as DATABASE_URL names it, that is gone when the test is over. */
export async function newDatabase(): Promise<string> {
  const { url, giveBack } = await borrow();
  onTestFinished(giveBack);
  return url;
}

/** Opens it as a server does. */
export const open = (url: string) => openLedger(databaseAddress({ DATABASE_URL: url, DATABASE_CONNECTIONS: 4 }));

/** The file of a SQLite database. */
export const fileOf = (url: string): string => url.slice('sqlite:'.length);

const mostTries = 500;

/** What a statement finds, through a connection of its own while the server runs; parameters are `?`. */
export async function rowsOf<Row>(url: string, sql: string, values: readonly (string | number | Uint8Array)[] = []) {
  if (url.startsWith('postgres:')) {
    let count = 0;
    const numbered = sql.replace(/\?/g, () => {
      count += 1;
      return `$${count}`;
    });
    return (await asked(url, numbered, [...values])) as readonly Row[]; // tables.ts made the columns
  }
  // A wait of SQLite's own would stop this thread, and with it the server's transaction that has the lock.
  for (let tries = 1; ; tries += 1, await sleep(lockRetryMs)) {
    const connection = new DatabaseSync(fileOf(url));
    try {
      // tables.ts made the columns; the copy drops SQLite's null prototype, so that rows compare like objects
      const rows = connection.prepare(sql).all(...values);
      return rows.map((row) => ({ ...row })) as unknown as readonly Row[];
    } catch (error) {
      if (!isLocked(error) || tries === mostTries) throw error;
    } finally {
      connection.close();
    }
  }
}

/** Everything that a database holds, as bytes: its file and journals, or every row of every table. */
export async function databaseBytes(url: string): Promise<Buffer> {
  if (url.startsWith('postgres:')) {
    const tables = await asked(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    const rows = await Promise.all(tables.map(({ tablename }) => asked(url, `SELECT * FROM "${tablename}"`)));
    const values = rows.flat().flatMap((row) => Object.values(row));
    return Buffer.concat(values.map((value) => (value instanceof Uint8Array ? value : Buffer.from(String(value)))));
  }
  const files = ['', '-wal', '-shm'].map((end) => fileOf(url) + end).filter(existsSync);
  return Buffer.concat(files.map((file) => readFileSync(file)));
}
