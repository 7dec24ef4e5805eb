import type { DatabaseSync } from 'node:sqlite';
import { SealBroken, type StorageCipher } from './cipher.ts';

const constant = 'koobridge';
const context = 'storage_key_check';
/** How long another process that starts on the same file is waited for. */
const lockWaitMs = 5_000;

/**
 * Makes sure that the database is opened with the storage key it was made with (R27); a new one is bound to this key.
 * Throws when it is another key. For the start: a lock is waited for with the event loop standing still.
 */
export function checkStorageKey(connection: DatabaseSync, cipher: StorageCipher): void {
  const sealed = kept(connection) ?? bind(connection, cipher);
  try {
    if (cipher.open(sealed, context) === constant) return;
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
  }
  throw new Error(
    'the database was made with another STORAGE_KEY, and what it seals cannot be read with this one; ' +
      'set the one it was made with, or name a new file in DATABASE_URL.',
  );
}

function kept(connection: DatabaseSync): Uint8Array | undefined {
  const sealed = connection.prepare('SELECT sealed FROM storage_key_check').get()?.['sealed'];
  return sealed instanceof Uint8Array ? sealed : undefined;
}

/** Of two processes that start at the same moment, the first one's key counts. */
function bind(connection: DatabaseSync, cipher: StorageCipher): Uint8Array {
  const before = connection.prepare('PRAGMA busy_timeout').get()?.['timeout'];
  connection.exec(`PRAGMA busy_timeout = ${lockWaitMs}`);
  try {
    const insert = connection.prepare('INSERT OR IGNORE INTO storage_key_check (id, sealed) VALUES (1, ?)');
    insert.run(cipher.seal(constant, context));
  } finally {
    connection.exec(`PRAGMA busy_timeout = ${Number(before)}`);
  }
  const sealed = kept(connection);
  if (sealed === undefined) throw new Error('the database did not keep the check of its STORAGE_KEY');
  return sealed;
}
