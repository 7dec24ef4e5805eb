import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from './tables.ts';
import { unusable } from './unusable.ts';

/** Where the state lives: a file, created with its folder when it is not there, or `:memory:`. */
export type DatabasePath = string;

/**
 * Opens the state and brings its tables up to date. The file is locked until it is closed, since two marketplaces on one
 * file would both move its clock. A commit survives the end of this process, whatever ended it; the last ones may be lost
 * with the power of the machine. Throws, with the file's name and what to do, when another process holds the lock, the file
 * cannot be a database, or its tables are newer than this program.
 */
export function openDatabase(path: DatabasePath): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    if (path !== ':memory:') {
      mkdirSync(dirname(path), { recursive: true });
      closeSync(openSync(path, 'a', 0o600)); // it holds what sellers answer: its owner's alone
    }
    database = new DatabaseSync(path);
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    throw unusable(path, error);
  }
}

function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version > migrations.length) {
    throw new Error(`its tables have version ${version}, this program knows ${migrations.length} and is too old`);
  }
  transaction(database, () => {
    for (const sql of migrations.slice(version)) database.exec(sql);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

/** Runs `work` in one transaction: all of it happened when this returns, none of it when it throws. */
export function transaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
