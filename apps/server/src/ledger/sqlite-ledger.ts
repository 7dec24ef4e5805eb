import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { type Job, type Ledger, LedgerOverloaded, mustTouch, waitingLimit } from './ledger.ts';
import { isLocked, lockRetryMs } from './lock.ts';
import { Overtaken, type Query, type Statement, type Work } from './work.ts';

const batchLimit = 256;

/**
 * A ledger on one SQLite connection, which nobody else may use for writing. Work that is submitted in the same turn
 * shares one transaction, in order.
 */
export function sqliteLedger(connection: DatabaseSync): Ledger {
  const waiting: Job[] = [];
  const execute = executor(connection);
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
    const { settled, locked } = commitTogether(connection, execute, waiting.splice(0, batchLimit));
    for (const settle of settled) settle();
    waiting.unshift(...locked);
    if (locked.length > 0) {
      scheduled = true;
      setTimeout(flush, lockRetryMs);
    } else if (waiting.length > 0) schedule();
    else drained?.();
  };

  return {
    run<T>(touches: readonly string[], work: () => Work<T>): Promise<T> {
      if (closed) return Promise.reject(new Error('the ledger is closed'));
      if (waiting.length >= waitingLimit) return Promise.reject(new LedgerOverloaded(`${waitingLimit} callbacks wait`));
      return new Promise((resolve, reject) => {
        waiting.push({ touches, work, resolve, reject });
        schedule();
      });
    },
    read: async (work) => drive(execute, work(), [], []),
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

type Execute = (query: Query) => unknown;

/** Asks the connection, with every statement prepared once. */
function executor(connection: DatabaseSync): Execute {
  const known = new Map<Statement, Prepared>();
  return ({ kind, statement, values }) => {
    let prepared = known.get(statement);
    if (prepared === undefined) {
      prepared = prepare(connection, statement);
      known.set(statement, prepared);
    }
    const { ready, row } = prepared;
    switch (kind) {
      case 'first': {
        const found = ready.get(...values);
        return found && row(found);
      }
      case 'all':
        return ready.all(...values).map(row);
      case 'run':
        return Number(ready.run(...values).changes);
    }
  };
}

interface Prepared {
  readonly ready: StatementSync;
  /** A row by the names of its columns, from its values alone: Node.js would name them anew for each row. */
  readonly row: (values: Record<number, SQLOutputValue>) => Record<string, SQLOutputValue>;
}

function prepare(connection: DatabaseSync, { sql }: Statement): Prepared {
  const ready = connection.prepare(sql);
  ready.setReturnArrays(true);
  const names = ready.columns().map(({ name }) => name);
  return {
    ready,
    row(values) {
      const row: Record<string, SQLOutputValue> = {};
      for (const [index, name] of names.entries()) row[name] = values[index] ?? null;
      return row;
    },
  };
}

/** Runs work to its end in this turn. */
function drive<T>(execute: Execute, work: Work<T>, touches: readonly string[], after: (() => void)[]): T {
  let step = work.next();
  while (step.done !== true) {
    const request = step.value;
    switch (request.kind) {
      case 'touch':
        mustTouch(touches, request.subject);
        step = work.next();
        break;
      case 'afterwards':
        after.push(request.act);
        step = work.next();
        break;
      case 'write': {
        const { statement, values, must } = request;
        if (execute({ kind: 'run', statement, values }) === 0 && must) throw new Overtaken();
        step = work.next();
        break;
      }
      case 'each': {
        const { statement, rows } = request;
        step = work.next(rows.map((values) => execute({ kind: 'run', statement, values })));
        break;
      }
      default:
        step = work.next(execute(request));
    }
  }
  return step.value;
}

interface Committed {
  /** Tells each job its outcome; called after the commit. */
  readonly settled: readonly (() => void)[];
  /** What another process's lock held up, in order, to be tried again. */
  readonly locked: readonly Job[];
}

/** One transaction for all; when one fails, each gets its own, so that it spoils no other. */
function commitTogether(connection: DatabaseSync, execute: Execute, batch: readonly Job[]): Committed {
  const outcome = transaction(connection, () =>
    batch.map((job) => {
      const after: (() => void)[] = [];
      const value = drive(execute, job.work(), job.touches, after) as never; // Job hides the type that run() ties to its own promise
      return () => {
        job.resolve(value);
        for (const act of after) act();
      };
    }),
  );
  if (outcome.ok) return { settled: outcome.value, locked: [] };
  if (isLocked(outcome.error)) return { settled: [], locked: batch };
  if (batch.length === 1) return { settled: batch.map((job) => () => job.reject(outcome.error)), locked: [] };
  const settled: (() => void)[] = [];
  for (const [index, job] of batch.entries()) {
    const alone = commitTogether(connection, execute, [job]);
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
