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

/** Opens a file whose schema is there. Rejects when its commits would not be durable (R20). */
export async function openWriter(file: string): Promise<SqliteWriter> {
  const thread = theThread();
  const database = thread.next();
  await thread.ask({ kind: 'open', database, file });
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
        asked.push([numberOf(statement), must ? 'must' : 'run', values.map(tight)]);
      for (const each of questions) {
        const number = numberOf(each.statement);
        if (each.kind === 'each') asked.push([number, 'each', each.rows.map((values) => values.map(tight))]);
        else asked.push([number, each.kind, each.values.map(tight)]);
      }
      const step: Step = { begins, statements, asked, ...(ends && { ends }) };
      const answers = await thread.ask({ kind: 'step', database, ...step });
      return answers.slice(writes.length);
    },
    // Where the thread is gone, or has closed it before, there is nothing left to close.
    close: () =>
      thread.ask({ kind: 'close', database }).then(
        () => undefined,
        () => undefined,
      ),
  };
}

/** Bytes without what lies around them: all of a buffer travels to the other thread, whatever part of it is meant. */
const tight = (value: Value): Value =>
  value instanceof Uint8Array && value.byteLength < value.buffer.byteLength ? new Uint8Array(value) : value;

interface Thread {
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
  const pending = new Map<number, { resolve(answers: readonly Answer[]): void; reject(error: Error): void }>();
  let numbers = 0;
  let failed: Error | undefined;
  const fail = (error: Error): void => {
    failed ??= error;
    ended();
    for (const { reject } of pending.values()) reject(failed);
    pending.clear();
  };
  worker.unref();
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
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
