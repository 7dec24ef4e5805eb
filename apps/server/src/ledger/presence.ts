import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLocked, lockRetryMs } from './lock.ts';

/** That a process uses a ledger's file, as others can see it. */
export interface Presence {
  leave(): void;
}

/**
 * Tells other servers that the file is in use, by a lock on a file beside it that the system takes back however the
 * process ends. Where nobody else uses it `whenAlone` runs first, and nobody comes in meanwhile. Rejects when others hold
 * the lock for longer than `waitMs` milliseconds.
 */
export async function enter(file: string, waitMs: number, whenAlone: () => void): Promise<Presence> {
  const lock = new DatabaseSync(`${file}-servers`);
  try {
    if (tried(lock, 'BEGIN EXCLUSIVE')) {
      whenAlone();
      lock.exec('COMMIT');
    }
    // Those who use the file share the lock; whoever finds himself alone has it for a moment.
    for (
      const begun = performance.now();
      !tried(lock, 'BEGIN; SELECT * FROM sqlite_master');
      await sleep(lockRetryMs)
    ) {
      if (performance.now() - begun > waitMs) throw new Error('another server is starting on it, and does not get on');
    }
    return { leave: () => lock.close() };
  } catch (error) {
    lock.close();
    throw error;
  }
}

function tried(lock: DatabaseSync, sql: string): boolean {
  try {
    lock.exec(sql);
    return true;
  } catch (error) {
    if (!isLocked(error)) throw error;
    if (lock.isTransaction) lock.exec('ROLLBACK');
    return false;
  }
}
