import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { within } from '../production/deadline.ts';
import { leftBehind, migrations, type Tables } from '../schema.ts';
import type { LedgerDatabase } from './ledger.ts';
import { enter, type Presence } from './presence.ts';
import { connect, lockWaitMs } from './sqlite-connection.ts';
import { sqliteLedger } from './sqlite-ledger.ts';
import { openWriter, type SqliteWriter } from './sqlite-writer.ts';

/** One SQLite file: a ledger that writes in a thread of its own, and Kysely for whoever only looks. */
export interface SqliteDatabase extends LedgerDatabase {
  /** Only looks. */
  readonly connection: DatabaseSync;
  readonly writer: SqliteWriter;
}

/** How long closing waits for what is being written. */
const closeMs = 400;
const killed = (): void => void process.kill(process.pid, 'SIGKILL');

/**
 * Opens (or makes) the ledger's file, brings its schema up to date and proves that commits are durable: WAL with
 * synchronous=FULL, read back after a write, because a setting that only looks right loses what was acknowledged (R20).
 * Throws when the file cannot be opened or the setting is not in force.
 */
export async function openDatabase(file: string, lost = thrown): Promise<SqliteDatabase> {
  try {
    return await open(file, lost);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const advice = 'DATABASE_URL must name a file, new or made by this server, that it may write to.';
    throw new Error(`the ledger ${file} cannot be opened: ${problem}. ${advice}`, { cause: error });
  }
}

/** A ledger that cannot write any more is what nobody catches: the process ends, and whoever watches it starts another. */
function thrown(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}

async function open(file: string, lost: (error: Error) => void): Promise<SqliteDatabase> {
  mkdirSync(dirname(file), { recursive: true });
  // Callbacks are nobody else's to read; SQLite gives its other files the same mode.
  closeSync(openSync(file, 'a', 0o600));
  const connection = await connect(file);
  let presence: Presence | undefined;
  try {
    const queries = new Kysely<Tables>({ dialect: new SqliteDialect({ database: kyselyDatabase(connection) }) });
    await migrate(connection, queries);
    // Whoever took something and is not there any more will not come back for it.
    presence = await enter(file, lockWaitMs, () => {
      for (const sql of leftBehind) connection.exec(sql);
    });
    const { leave } = presence;
    const writer = await openWriter(file, lost);
    const close = async (): Promise<void> => {
      await queries.destroy();
      const closed = writer.close().then(leave);
      const isClosed = await within(
        closeMs,
        closed.then(() => true),
        () => false,
      );
      if (isClosed) return;
      // Node.js waits for its threads when a process ends, and a disk that hangs may keep this one for ever.
      process.on('exit', killed);
      void closed.then(() => process.off('exit', killed));
    };
    // It only looks from here on, which no other process's lock holds up for long.
    connection.exec('PRAGMA busy_timeout = 0');
    return { connection, writer, ledger: sqliteLedger(connection, writer), queries, close };
  } catch (error) {
    presence?.leave();
    connection.close();
    throw error;
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
