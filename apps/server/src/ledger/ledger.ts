import type { DatabaseSync } from 'node:sqlite';
import { isLocked, lockRetryMs } from './lock.ts';

/** Runs pieces of work in transactions that are durable when their promise resolves. */
export interface Ledger {
  /**
   * Runs `work` inside a transaction and resolves with what it returned once that is on disk. Work that is submitted
   * in the same turn shares one transaction, in order. `work` must be synchronous; when it throws, only it is undone
   * and its promise rejects. Rejects with LedgerOverloaded when too much is waiting.
   */
  run<T>(work: () => T): Promise<T>;
  /**
   * Refuses what comes from now on and waits for what was submitted, at most `ms` milliseconds. What another process's
   * lock holds up even then is rejected and never done.
   */
  drain(ms: number): Promise<void>;
}

/** More work is waiting for the disk than the ledger is willing to hold; nothing of this one was done. */
export class LedgerOverloaded extends Error {
  override readonly name = 'LedgerOverloaded';
}

interface Job {
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** The most pieces of work that wait at one time. */
export const waitingLimit = 10_000;
const batchLimit = 256;

/** A ledger on one SQLite connection, which nobody else may use for writing. */
export function sqliteLedger(connection: DatabaseSync): Ledger {
  const waiting: Job[] = [];
  let scheduled = false;
  let drained: (() => void) | undefined;
  let closed = false;

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  };

  // Runs after every request of this turn was read: they all share one commit.
  const flush = (): void => {
    scheduled = false;
    if (waiting.length === 0) return;
    const { settled, locked } = commitTogether(connection, waiting.splice(0, batchLimit));
    for (const settle of settled) settle();
    waiting.unshift(...locked);
    if (locked.length > 0) {
      scheduled = true;
      setTimeout(flush, lockRetryMs);
    } else if (waiting.length > 0) schedule();
    else drained?.();
  };

  return {
    run<T>(work: () => T): Promise<T> {
      if (closed) return Promise.reject(new Error('the ledger is closed'));
      if (waiting.length >= waitingLimit) return Promise.reject(new LedgerOverloaded(`${waitingLimit} callbacks wait`));
      return new Promise((resolve, reject) => {
        waiting.push({ work, resolve, reject });
        schedule();
      });
    },
    drain(ms) {
      closed = true;
      if (waiting.length === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const giveUp = setTimeout(() => {
          for (const job of waiting.splice(0)) job.reject(new Error('the ledger was locked until the server stopped'));
          resolve();
        }, ms);
        drained = () => {
          clearTimeout(giveUp);
          resolve();
        };
      });
    },
  };
}

interface Committed {
  /** Tells each job its outcome; called after the commit. */
  readonly settled: readonly (() => void)[];
  /** What another process's lock held up, in order, to be tried again. */
  readonly locked: readonly Job[];
}

/** One transaction for all; when one fails, each gets its own, so that it spoils no other. */
function commitTogether(connection: DatabaseSync, batch: readonly Job[]): Committed {
  const outcome = transaction(connection, () =>
    batch.map((job) => {
      const value = job.work() as never; // Job hides the type that run() ties to its own promise
      return () => job.resolve(value);
    }),
  );
  if (outcome.ok) return { settled: outcome.value, locked: [] };
  if (isLocked(outcome.error)) return { settled: [], locked: batch };
  if (batch.length === 1) return { settled: batch.map((job) => () => job.reject(outcome.error)), locked: [] };
  const settled: (() => void)[] = [];
  for (const [index, job] of batch.entries()) {
    const alone = commitTogether(connection, [job]);
    if (alone.locked.length > 0) return { settled, locked: batch.slice(index) };
    settled.push(...alone.settled);
  }
  return { settled, locked: [] };
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

function transaction<T>(connection: DatabaseSync, body: () => T): Outcome<T> {
  try {
    connection.exec('BEGIN IMMEDIATE');
    const value = body();
    connection.exec('COMMIT');
    return { ok: true, value };
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK');
    return { ok: false, error };
  }
}
