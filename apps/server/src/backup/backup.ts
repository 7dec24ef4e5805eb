import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from '../schema.ts';

/** What a file of a ledger holds, once it was found whole. */
export interface Checked {
  readonly bytes: number;
  readonly receipts: number;
}

/**
 * Writes everything that a SQLite ledger holds at this moment into a new file, while a server may go on writing: it is
 * read in one transaction, checked, on disk when this returns, and readable by its owner alone. Throws where `to` is
 * there already, and leaves nothing there when it fails.
 */
export function backupFile(file: string, to: string): Checked {
  mustBeThere(file);
  if (existsSync(to)) throw new Error(`${to} is there already; a backup replaces nothing`);
  const partial = `${to}.partial`;
  closeSync(openSync(partial, 'wx', 0o600));
  try {
    const connection = new DatabaseSync(file, { timeout: 5_000 });
    try {
      connection.prepare('VACUUM INTO ?').run(partial);
    } finally {
      connection.close();
    }
    const checked = checkFile(partial);
    flush(partial);
    renameSync(partial, to);
    flush(dirname(to));
    return checked;
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** Reads the whole file. Throws where it is damaged, or holds no ledger that this version of the server can open. */
export function checkFile(file: string): Checked {
  mustBeThere(file);
  const connection = new DatabaseSync(file, { readOnly: true });
  const first = (sql: string): unknown => Object.values(connection.prepare(sql).get() ?? {})[0];
  try {
    const found = first('PRAGMA integrity_check');
    if (found !== 'ok') throw new Error(`${file} is damaged: ${String(found)}`);
    if (first("SELECT name FROM sqlite_schema WHERE name = 'kysely_migration'") === undefined) {
      throw new Error(`${file} holds no ledger`);
    }
    const newest = String(first('SELECT max(name) FROM kysely_migration'));
    if (!(newest in migrations)) throw new Error(`${file} was made by a newer version of the server`);
    const [pages, size] = [first('PRAGMA page_count'), first('PRAGMA page_size')];
    return { bytes: Number(pages) * Number(size), receipts: Number(first('SELECT count(*) FROM receipts')) };
  } finally {
    connection.close();
  }
}

function mustBeThere(file: string): void {
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
}

function flush(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
