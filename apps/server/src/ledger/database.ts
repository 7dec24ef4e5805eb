import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { leftBehind, migrations, type Tables } from '../schema.ts';
import type { LedgerDatabase } from './ledger.ts';
import { isLocked, lockRetryMs } from './lock.ts';
import { enter, type Presence } from './presence.ts';
import { sqliteLedger } from './sqlite-ledger.ts';

/** One SQLite file: a ledger that writes, and Kysely for whoever only looks. */
export interface SqliteDatabase extends LedgerDatabase {
  readonly connection: DatabaseSync;
}

const full = 2;
const cacheKibibytes = 32 * 1024;
/**
 * How long the -wal file grows, 128 MiB, before what it holds is moved to the file itself: a page that many commits
 * change is moved once, and fewer than one commit in a hundred has to wait for that.
 */
const checkpointPages = 32 * 1024;
/** How long starting waits for another process that starts on the same file. */
const lockWaitMs = 5_000;

/**
 * Opens (or makes) the ledger's file, brings its schema up to date and proves that commits are durable: WAL with
 * synchronous=FULL, read back after a write, because a setting that only looks right loses what was acknowledged (R20).
 * Throws when the file cannot be opened or the setting is not in force.
 */
export async function openDatabase(file: string): Promise<SqliteDatabase> {
  try {
    return await open(file);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const advice = 'DATABASE_URL must name a file, new or made by this server, that it may write to.';
    throw new Error(`the ledger ${file} cannot be opened: ${problem}. ${advice}`, { cause: error });
  }
}

async function open(file: string): Promise<SqliteDatabase> {
  mkdirSync(dirname(file), { recursive: true });
  // Callbacks are nobody else's to read; SQLite gives its other files the same mode.
  closeSync(openSync(file, 'a', 0o600));
  const connection = new DatabaseSync(file);
  let presence: Presence | undefined;
  try {
    await switchToWal(connection);
    // On macOS only fullfsync gets past the drive's own cache; elsewhere it changes nothing.
    connection.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON');
    connection.exec(`PRAGMA busy_timeout = ${lockWaitMs}; PRAGMA cache_size = ${-cacheKibibytes}`);
    connection.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}`);
    const queries = new Kysely<Tables>({ dialect: new SqliteDialect({ database: kyselyDatabase(connection) }) });
    await migrate(connection, queries);
    verifyDurability(connection);
    // Whoever took something and is not there any more will not come back for it.
    presence = await enter(file, lockWaitMs, () => {
      for (const sql of leftBehind) connection.exec(sql);
    });
    const { leave } = presence;
    const close = async (): Promise<void> => {
      await queries.destroy();
      leave();
    };
    // From here on a lock held by another process is waited for without blocking the event loop.
    connection.exec('PRAGMA busy_timeout = 0');
    return { connection, ledger: sqliteLedger(connection), queries, close };
  } catch (error) {
    presence?.leave();
    connection.close();
    throw error;
  }
}

/** A new file becomes WAL only while nobody else uses it, and SQLite does not always wait for that by itself. */
async function switchToWal(connection: DatabaseSync): Promise<void> {
  for (const begun = performance.now(); ; ) {
    try {
      connection.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isLocked(error) || performance.now() - begun > lockWaitMs) throw error;
      await sleep(lockRetryMs);
    }
  }
}

/** All or nothing, and one process at a time: a server that is killed half-way must be able to start again. */
async function migrate(connection: DatabaseSync, queries: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: queries, provider: { getMigrations: async () => ({ ...migrations }) } });
  // Kysely opens no transaction for a migration on SQLite, although SQLite can undo one.
  connection.exec('BEGIN IMMEDIATE');
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) {
    connection.exec('COMMIT');
    return;
  }
  connection.exec('ROLLBACK');
  const problem = error instanceof Error ? error.message : String(error);
  throw new Error(`its schema could not be brought up to date: ${problem}`, { cause: error });
}

/** Throws unless a commit on this connection is on disk when it returns (R20): WAL and synchronous=FULL, after a write. */
export function verifyDurability(connection: DatabaseSync): void {
  connection.exec('CREATE TABLE IF NOT EXISTS durability_check (at INTEGER); DELETE FROM durability_check;');
  connection.exec('INSERT INTO durability_check (at) VALUES (1)');
  const synchronous = connection.prepare('PRAGMA synchronous').get()?.['synchronous'];
  const journal = connection.prepare('PRAGMA journal_mode').get()?.['journal_mode'];
  if (synchronous === full && journal === 'wal') return;
  throw new Error(
    `the ledger would not be durable: journal_mode is ${journal}, synchronous is ${synchronous} (wal and ${full} are needed). ` +
      'Put DATABASE_URL on a local disk that supports WAL.',
  );
}

/** `node:sqlite` as Kysely's SQLite dialect expects a driver. */
function kyselyDatabase(connection: DatabaseSync) {
  return {
    close: () => connection.close(),
    prepare(sql: string) {
      const statement = connection.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => statement.all(...values(parameters)),
        run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...values(parameters)),
      };
    },
  };
}

// Kysely types parameters as unknown; every one comes from the column types of Tables, which SQLite can hold.
const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
