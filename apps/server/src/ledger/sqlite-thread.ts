/** The thread in which SQLite writes and waits for the disk, so that the server's own can go on. */

import type { DatabaseSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';
import { connect, verifyDurability } from './sqlite-connection.ts';
import { type Execute, executor } from './sqlite-statements.ts';
import type { Answer, Value } from './work.ts';

/** What the thread is asked; `number` comes back with its answer. Each file that is open has a `database` number. */
export type Message = { readonly number: number; readonly database: number } & (
  | { readonly kind: 'open'; readonly file: string }
  | ({ readonly kind: 'step' } & Step)
  | { readonly kind: 'close' }
);

/** A step of a transaction. When something of it fails the whole transaction is rolled back. */
export interface Step {
  readonly begins: boolean;
  /** Statements that the thread has not heard of, with the numbers by which they are asked. */
  readonly statements: readonly (readonly [number, string])[];
  readonly asked: readonly Asked[];
  readonly ends?: 'COMMIT' | 'ROLLBACK';
}

/** A statement by its number, and the values of its parameters; `must` fails where no row changes. */
export type Asked =
  | readonly [number, 'first' | 'all' | 'run' | 'must', readonly Value[]]
  | readonly [number, 'each', readonly (readonly Value[])[]];

export type Reply = { readonly number: number } & (
  | { readonly answers: readonly Answer[] }
  | { readonly problem: Problem }
);

/** An error as it can be sent from one thread to another. */
export interface Problem {
  readonly message: string;
  /** SQLite's own code. */
  readonly errcode?: number | undefined;
  readonly overtaken?: true;
}

/** Moves what the log holds to the file itself, in a pause after so many commits: it must not grow to what takes seconds. */
const commitsUntilPause = 100;
const pauseMs = 200;

interface Open {
  /** Since the log was moved in a pause. */
  commits: number;
  pause?: NodeJS.Timeout;
  readonly connection: DatabaseSync;
  readonly execute: Execute;
  readonly statements: Map<number, string>;
}

class NothingChanged extends Error {}

const open = new Map<number, Open>();

parentPort?.on('message', async (message: Message) => {
  const { number } = message;
  const reply: Reply = await carryOut(message).then(
    (answers) => ({ number, answers }),
    (error: unknown) => ({ number, problem: problemOf(error) }),
  );
  parentPort?.postMessage(reply);
});

async function carryOut(message: Message): Promise<readonly Answer[]> {
  const { database } = message;
  switch (message.kind) {
    case 'open': {
      const connection = await connect(message.file);
      try {
        verifyDurability(connection);
      } catch (error) {
        connection.close();
        throw error;
      }
      // From here on a lock held by another process is waited for where the ledger can be told to stop.
      connection.exec('PRAGMA busy_timeout = 0');
      open.set(database, { connection, execute: executor(connection), statements: new Map(), commits: 0 });
      return [];
    }
    case 'step': {
      const file = opened(database);
      clearTimeout(file.pause);
      const answers = step(message, file);
      if (message.ends === 'COMMIT') file.commits += 1;
      if (file.commits >= commitsUntilPause) file.pause = setTimeout(moveLog, pauseMs, file);
      return answers;
    }
    case 'close': {
      const { connection, pause } = opened(database);
      clearTimeout(pause);
      connection.close();
      open.delete(database);
      return [];
    }
  }
}

function moveLog(file: Open): void {
  file.commits = 0;
  try {
    // Passive: it waits for nobody, and moves no more than nobody reads.
    file.connection.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch {
    // What is wrong with the disk the next commit tells.
  }
}

function opened(database: number): Open {
  const found = open.get(database);
  if (found === undefined) throw new Error('the ledger is closed');
  return found;
}

function step({ begins, statements, asked, ends }: Step, { connection, execute, ...known }: Open): readonly Answer[] {
  for (const [number, sql] of statements) known.statements.set(number, sql);
  try {
    if (begins) connection.exec('BEGIN IMMEDIATE');
    const answers = asked.map((each) => {
      const sql = known.statements.get(each[0]);
      if (sql === undefined) throw new Error(`nobody told of the statement ${each[0]}`);
      if (each[1] === 'each') return each[2].map((values) => execute('run', sql, values));
      if (each[1] !== 'must') return execute(each[1], sql, each[2]);
      if (execute('run', sql, each[2]) === 0) throw new NothingChanged();
      return undefined;
    });
    if (ends !== undefined) connection.exec(ends);
    return answers;
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof NothingChanged) return { message: '', overtaken: true };
  if (!(error instanceof Error)) return { message: String(error) };
  return { message: error.message, errcode: 'errcode' in error ? Number(error.errcode) : undefined };
}
