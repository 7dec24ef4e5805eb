import type { DatabaseSync } from 'node:sqlite';

/** Runs pieces of work in transactions that are durable when their promise resolves. */
export interface Ledger {
  /**
   * Runs `work` inside a transaction and resolves with what it returned once that is on disk. Work that is submitted
   * in the same turn shares one transaction, in order. `work` must be synchronous; when it throws, only it is undone
   * and its promise rejects. Rejects with LedgerOverloaded when too much is waiting.
   */
  run<T>(work: () => T): Promise<T>;
  /** Waits for what was submitted, refuses what comes later. */
  drain(): Promise<void>;
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

const waitingLimit = 10_000;
const batchLimit = 256;
const lockRetryMs = 10;
const sqliteBusy = 5;

/** A ledger on one SQLite connection, which nobody else may use for writing. */
export function sqliteLedger(connection: DatabaseSync): Ledger {
  const waiting: Job[] = [];
  let scheduled = false;
  let draining: (() => void) | undefined;
  let closed = false;

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  };

  // Runs after every request of this turn was read: they all share one commit.
  const flush = (): void => {
    scheduled = false;
    const batch = waiting.splice(0, batchLimit);
    const settled = commitTogether(connection, batch);
    if (settled === 'locked') {
      waiting.unshift(...batch);
      scheduled = true;
      setTimeout(flush, lockRetryMs);
      return;
    }
    for (const settle of settled) settle();
    if (waiting.length > 0) schedule();
    else draining?.();
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
    drain() {
      closed = true;
      if (waiting.length === 0) return Promise.resolve();
      return new Promise((resolve) => {
        draining = resolve;
      });
    },
  };
}

type Settle = () => void;

/** One transaction for all; when one fails, each gets its own, so that it spoils no other. */
function commitTogether(connection: DatabaseSync, batch: readonly Job[]): readonly Settle[] | 'locked' {
  const outcome = transaction(connection, () =>
    batch.map((job): Settle => {
      const value = job.work() as never; // Job hides the type that run() ties to its own promise
      return () => job.resolve(value);
    }),
  );
  if (outcome.ok) return outcome.value;
  if (isLocked(outcome.error)) return 'locked';
  if (batch.length === 1) return batch.map((job) => () => job.reject(outcome.error));
  const settled: Settle[] = [];
  for (const job of batch) {
    const alone = commitTogether(connection, [job]);
    settled.push(...(alone === 'locked' ? [() => job.reject(outcome.error)] : alone));
  }
  return settled;
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

const isLocked = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
