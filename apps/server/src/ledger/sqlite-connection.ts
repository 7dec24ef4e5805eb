import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLocked, lockRetryMs } from './lock.ts';

/** How long starting waits for another process that starts on the same file. */
export const lockWaitMs = 5_000;

const full = 2;
const cacheKibibytes = 32 * 1024;
/**
 * How long the -wal file grows under load, 128 MiB, before what it holds is moved to the file itself: a page that many
 * commits change is moved once, and fewer than one commit in a hundred has to wait for that. Whoever writes moves it in
 * any pause, so that a slow disk never has so much to do at once.
 */
const checkpointPages = 32 * 1024;

/** A connection whose commits are durable (R20); it waits for other processes' locks, as long as starting may take. */
export async function connect(file: string): Promise<DatabaseSync> {
  const connection = new DatabaseSync(file);
  try {
    await switchToWal(connection);
    // On macOS only fullfsync gets past the drive's own cache; elsewhere it changes nothing.
    connection.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON');
    connection.exec(`PRAGMA busy_timeout = ${lockWaitMs}; PRAGMA cache_size = ${-cacheKibibytes}`);
    connection.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}`);
    return connection;
  } catch (error) {
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
