import { Worker } from 'node:worker_threads';
import type { Asked, Message, Problem, Reply, Step } from './sqlite-thread.ts';
import { type Answer, Overtaken, type Queries, type Query, type Statement, type Value, type Write } from './work.ts';

/** The connection that writes to one file, in a thread of its own. */
export interface SqliteWriter {
  /**
   * A step of a transaction: begins it, asks, ends it. Gives the answers to the questions; when something fails, the whole
   * transaction is rolled back first.
   */
  step(step: WriterStep): Promise<readonly Answer[]>;
  close(): Promise<void>;
}

export interface WriterStep {
  readonly begins: boolean;
  readonly writes: readonly Write[];
  readonly questions: readonly (Query | Queries)[];
  readonly ends?: 'COMMIT' | 'ROLLBACK';
}

/**
 * Opens a file whose schema is there. Rejects when its commits would not be durable (R20). Should the thread end, all that
 * is asked rejects, and `lost` is told, because nothing brings it back.
 */
export async function openWriter(file: string, lost: (error: Error) => void): Promise<SqliteWriter> {
  const thread = theThread();
  const told = (error: Error): void => lost(error); // whatever else is open may tell the same
  thread.users.add(told);
  const database = thread.next();
  await thread.ask({ kind: 'open', database, file }).catch((error: unknown) => {
    thread.users.delete(told);
    throw error;
  });
  const numbers = new Map<Statement, number>();
  return {
    async step({ begins, writes, questions, ends }) {
      const statements: [number, string][] = [];
      const numberOf = (statement: Statement): number => {
        const known = numbers.get(statement);
        if (known !== undefined) return known;
        numbers.set(statement, numbers.size);
        statements.push([numbers.size - 1, statement.sql]);
        return numbers.size - 1;
      };
      const asked: Asked[] = [];
      for (const { statement, values, must } of writes)
        asked.push([numberOf(statement), must ? 'must' : 'run', tight(values)]);
      for (const each of questions) {
        const number = numberOf(each.statement);
        if (each.kind === 'each') asked.push([number, 'each', each.rows.map(tight)]);
        else asked.push([number, each.kind, tight(each.values)]);
      }
      const step: Step = { begins, statements, asked, ...(ends && { ends }) };
      const answers = await thread.ask({ kind: 'step', database, ...step });
      return answers.slice(writes.length);
    },
    // Where the thread is gone, or has closed it before, there is nothing left to close.
    close() {
      thread.users.delete(told);
      return thread.ask({ kind: 'close', database }).then(
        () => undefined,
        () => undefined,
      );
    },
  };
}

/** Bytes without what lies around them: all of a buffer travels to the other thread, whatever part of it is meant. */
const tight = (values: readonly Value[]): readonly Value[] =>
  values.some(isLoose) ? values.map((value) => (isLoose(value) ? new Uint8Array(value) : value)) : values;

const isLoose = (value: Value): value is Uint8Array =>
  value instanceof Uint8Array && value.byteLength < value.buffer.byteLength;

interface Thread {
  /** Who is told should it end. */
  readonly users: Set<(error: Error) => void>;
  /** A number that no other database has. */
  next(): number;
  ask(message: DistributiveOmit<Message, 'number'>): Promise<readonly Answer[]>;
}

type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never;

/** One thread writes to all files of a process, which are seldom more than one; it keeps no process alive. */
let running: Thread | undefined;

function theThread(): Thread {
  running ??= startThread(() => {
    running = undefined;
  });
  return running;
}

function startThread(ended: () => void): Thread {
  const worker = new Worker(new URL('./sqlite-thread.ts', import.meta.url));
  const users: Thread['users'] = new Set();
  const pending = new Map<number, { resolve(answers: readonly Answer[]): void; reject(error: Error): void }>();
  let numbers = 0;
  let failed: Error | undefined;
  const fail = (error: Error): void => {
    if (failed !== undefined) return;
    failed = error;
    ended();
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
    for (const lost of users) lost(error);
  };
  worker.unref();
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('messageerror', fail);
  worker.on('exit', () => fail(new Error('the thread that writes to SQLite has ended')));
  worker.on('message', (reply: Reply) => {
    const asked = pending.get(reply.number);
    pending.delete(reply.number);
    if (pending.size === 0) worker.unref();
    if ('answers' in reply) asked?.resolve(reply.answers);
    else asked?.reject(errorOf(reply.problem));
  });
  let databases = 0;
  return {
    users,
    next() {
      databases += 1;
      return databases;
    },
    ask(message) {
      if (failed !== undefined) return Promise.reject(failed);
      numbers += 1;
      const number = numbers;
      worker.ref();
      worker.postMessage({ ...message, number });
      return new Promise((resolve, reject) => pending.set(number, { resolve, reject }));
    },
  };
}

function errorOf({ message, errcode, overtaken }: Problem): Error {
  if (overtaken) return new Overtaken();
  return Object.assign(new Error(message), errcode === undefined ? {} : { errcode });
}
