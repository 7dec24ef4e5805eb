import type { DatabaseSync } from 'node:sqlite';
import { type Failure, groupCommit, type Limits, type Transactions } from './group-commit.ts';
import type { Ledger } from './ledger.ts';
import { isLocked, lockRetryMs } from './lock.ts';
import { type Execute, executor } from './sqlite-statements.ts';
import type { SqliteWriter } from './sqlite-writer.ts';
import { type Answer, looks, Overtaken, onlyLooks, type Request } from './work.ts';

/** What another process's lock holds up waits as long as it takes. */
const limits: Limits = { writers: 1, batch: 256, patienceMs: Number.POSITIVE_INFINITY, pauseMs: lockRetryMs };

/** A ledger that writes through one connection, and looks through another that sees what was committed. */
export function sqliteLedger(connection: DatabaseSync, writer: SqliteWriter): Ledger {
  const execute = executor(connection);
  return {
    ...groupCommit(transactionsOn(writer), limits),
    async read(work) {
      const looking = work();
      let step = looking.next();
      while (step.done !== true) step = looking.next(answer(execute, step.value));
      return step.value;
    },
  };
}

/** Answers at once what work asks that only looks. */
function answer(execute: Execute, request: Request): Answer {
  if (!looks(request)) throw new Error(onlyLooks);
  if (request.kind === 'several') return request.questions.map((each) => answer(execute, each));
  return execute(request.kind, request.statement.sql, request.values);
}

/** One transaction after the other, in one connection; the next may ask as soon as the last was told to commit. */
function transactionsOn(writer: SqliteWriter): Transactions {
  let turn: Promise<void> = Promise.resolve();
  let isLockedOut = false;
  return {
    async transact(_touches, body, next) {
      const before = turn;
      const { promise, resolve: leave } = Promise.withResolvers<void>();
      turn = promise;
      await before;
      let state = 'none' as 'none' | 'open' | 'ended';
      try {
        // While another process has the file no work is begun in vain.
        if (isLockedOut) await writer.step({ begins: true, writes: [], questions: [] });
        if (isLockedOut) state = 'open';
        isLockedOut = false;
        return await body((isLast) => async (writes, questions, isDone) => {
          const begins = state === 'none';
          const isEnd = isLast && isDone;
          // Whatever fails in the other thread is rolled back there.
          state = 'ended';
          const answers = writer.step({ begins, writes: writes.flat(), questions, ...(isEnd && { ends: 'COMMIT' }) });
          if (isEnd) {
            leave();
            next();
          }
          const given = await answers;
          if (!isEnd) state = 'open';
          return given;
        });
      } catch (error) {
        isLockedOut = isLocked(error);
        if (state === 'open') await writer.step({ begins: false, writes: [], questions: [], ends: 'ROLLBACK' });
        throw error;
      } finally {
        leave();
      }
    },
    judge,
  };
}

function judge(error: unknown): Failure {
  if (isLocked(error)) return 'away';
  return error instanceof Overtaken ? 'overtaken' : 'failed';
}
