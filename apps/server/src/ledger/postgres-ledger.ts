import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Failure, groupCommit, type Limits, type Transactions } from './group-commit.ts';
import type { Ledger } from './ledger.ts';
import { look } from './lockstep.ts';
import { askOn } from './postgres-ask.ts';
import { all, ask, DatabaseUnreachable, storable } from './postgres-client.ts';
import { Overtaken } from './work.ts';

/** A commit was asked for, and the connection was lost before its answer came: it may have happened or not. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(cause: unknown) {
    super('PostgreSQL was lost during a commit, and nobody knows whether that took place', { cause });
  }
}

/** A callback is answered before the ledger loses its patience (R9). */
const limits: Omit<Limits, 'writers'> = { batch: 128, patienceMs: 4_000, pauseMs: 50 };

/**
 * A ledger that any number of processes share on one PostgreSQL. Up to `writers` transactions at a time take everything
 * that waits. Each begins by locking what its work touches, so that it waits for the same subjects in other processes
 * and then sees what they did; what touches nothing in common is asked together, one answer for all.
 */
export function postgresLedger(pool: pg.Pool, writers: number): Ledger {
  const { patienceMs, pauseMs } = limits;
  return {
    ...groupCommit(transactionsOn(pool), { ...limits, writers }),
    async read(work) {
      for (const since = performance.now(); ; await sleep(pauseMs)) {
        try {
          return await withClient(pool, (client) => look(work(), askOn(client, Promise.resolve())));
        } catch (error) {
          if (!(error instanceof DatabaseUnreachable) || performance.now() - since > patienceMs) throw error;
        }
      }
    },
  };
}

const transactionsOn = (pool: pg.Pool): Transactions => ({
  async transact(touches, body) {
    // After a rollback the connection is as good as before, so what failed is thrown once it was given back.
    const committed = await withClient(pool, async (client) => {
      const begun = begin(client, touches());
      const done = await body(() => askOn(client, begun)).then(
        (value) => () => value,
        async (error: unknown) => {
          if (error instanceof DatabaseUnreachable) throw error;
          await ask(client, { text: 'ROLLBACK' });
          return { error };
        },
      );
      if (typeof done === 'function') await commit(client);
      return done;
    });
    if (typeof committed === 'function') return committed();
    throw committed.error;
  },
  judge,
});

/** A unique key that another process took first, a serialization failure, a deadlock. */
const contended = ['23505', '40001', '40P01'];

function judge(error: unknown): Failure {
  if (error instanceof DatabaseUnreachable) return 'away';
  if (error instanceof OutcomeUnknown) return 'unknown';
  const isContended = error instanceof pg.DatabaseError && contended.includes(error.code ?? '');
  return isContended || error instanceof Overtaken ? 'overtaken' : 'failed';
}

/** In one order everywhere, so that no two transactions wait for each other. */
const lock = `SELECT pg_advisory_xact_lock(key) FROM
  (SELECT DISTINCT hashtextextended(touched, 0) AS key FROM unnest($1::text[]) AS touched ORDER BY 1) AS keys`;

/** Whatever the database's default is: each statement has to see what was committed while the locks were waited for. */
const isolated = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/** Everything is found by its key: one plan for all times, and none that reads a whole table while that is small. */
const planned = `SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
  set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;

function begin(client: pg.ClientBase, touches: readonly string[]): Promise<unknown> {
  const asked = [
    { name: 'begin', text: isolated },
    { name: 'planned', text: planned },
  ].map((each) => ask(client, each));
  if (touches.length > 0) asked.push(ask(client, { name: 'lock', text: lock, values: [touches.map(storable)] }));
  const begun = all(asked);
  begun.catch(() => undefined); // also when the work fails before anybody waits for it
  return begun;
}

async function commit(client: pg.ClientBase): Promise<void> {
  try {
    const { command } = await client.query('COMMIT');
    if (command === 'COMMIT') return;
  } catch (error) {
    throw new OutcomeUnknown(error);
  }
  throw new Error('PostgreSQL rolled back a transaction that was to be committed');
}

/** Rejects with DatabaseUnreachable where there is no connection to be had. One on which something went wrong is not used again. */
async function withClient<T>(pool: pg.Pool, use: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw new DatabaseUnreachable(error);
  });
  let broken = true;
  try {
    const value = await use(client);
    broken = false;
    return value;
  } finally {
    client.release(broken);
  }
}
