import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Job, type Ledger, LedgerOverloaded, waitingLimit } from './ledger.ts';
import { all, ask, DatabaseUnreachable, storable } from './postgres-client.ts';
import { drive, look } from './postgres-drive.ts';
import { Overtaken, type Work } from './work.ts';

/** A commit was asked for, and the connection was lost before its answer came: it may have happened or not. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(cause: unknown) {
    super('PostgreSQL was lost during a commit, and nobody knows whether that took place', { cause });
  }
}

interface WaitingJob extends Job {
  /** `performance.now()` when it was submitted. */
  readonly since: number;
}

const batchLimit = 128;
/** How long work waits for a database that is out of reach. A callback is answered by then (R9). */
const patienceMs = 4_000;
const reconnectMs = 50;
/** How often a piece of work that others overtook is tried. */
const mostTries = 5;

/**
 * A ledger that any number of processes share on one PostgreSQL. Up to `writers` transactions at a time take everything
 * that waits. Each begins by locking what its work touches, so that it waits for the same subjects in other processes
 * and then sees what they did; what touches nothing in common is asked together, one answer for all.
 */
export function postgresLedger(pool: pg.Pool, writers: number): Ledger {
  const waiting: WaitingJob[] = [];
  let scheduled = false;
  let busy = 0;
  let closed = false;
  let drained: (() => void) | undefined;

  const schedule = (): void => {
    if (scheduled || busy >= writers) return;
    scheduled = true;
    setImmediate(flush);
  };

  // Runs after every request of this turn was read.
  const flush = (): void => {
    scheduled = false;
    if (waiting.length === 0 || busy >= writers) return;
    busy += 1;
    void commitOnce(waiting.splice(0, batchLimit)).finally(() => {
      busy -= 1;
      if (waiting.length > 0) schedule();
      else if (busy === 0) drained?.();
    });
    if (waiting.length > 0) schedule();
  };

  /** Never rejects; every job is settled, or waits again because nothing could be done. */
  const commitOnce = async (batch: readonly WaitingJob[]): Promise<void> => {
    const left = await commitTogether(pool, batch);
    if (left.length === 0) return;
    for (const { job, error } of left.filter(({ job }) => !isYoung(job))) job.reject(error);
    const young = left.map(({ job }) => job).filter(isYoung);
    if (young.length > 0) await sleep(reconnectMs);
    waiting.unshift(...young);
  };

  return {
    run<T>(touches: readonly string[], work: () => Work<T>): Promise<T> {
      if (closed) return Promise.reject(new Error('the ledger is closed'));
      if (waiting.length >= waitingLimit) return Promise.reject(new LedgerOverloaded(`${waitingLimit} callbacks wait`));
      return new Promise((resolve, reject) => {
        waiting.push({ touches, work, resolve, reject, since: performance.now() });
        schedule();
      });
    },
    async read(work) {
      for (const since = performance.now(); ; await sleep(reconnectMs)) {
        try {
          return await withClient(pool, (client) => look(client, work()));
        } catch (error) {
          if (!(error instanceof DatabaseUnreachable) || performance.now() - since > patienceMs) throw error;
        }
      }
    },
    drain(ms) {
      closed = true;
      if (waiting.length === 0 && busy === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const giveUp = setTimeout(() => {
          for (const job of waiting.splice(0)) job.reject(new Error('the database was away until the server stopped'));
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

const isYoung = ({ since }: WaitingJob): boolean => performance.now() - since < patienceMs;

/** A job of which nothing was done, because the database could not be reached. */
interface Left {
  readonly job: WaitingJob;
  readonly error: DatabaseUnreachable;
}

/** One transaction for all; when one fails, each gets its own, so that it spoils no other. Settles all but what is left. */
async function commitTogether(pool: pg.Pool, batch: readonly WaitingJob[]): Promise<readonly Left[]> {
  const outcome = await transaction(pool, batch);
  if (outcome.ok) {
    for (const settle of outcome.value) settle();
    return [];
  }
  const { error } = outcome;
  if (error instanceof DatabaseUnreachable) return batch.map((job) => ({ job, error }));
  if (error instanceof OutcomeUnknown) {
    for (const job of batch) job.reject(error);
    return [];
  }
  const left: Left[] = [];
  for (const job of batch) left.push(...(await commitAlone(pool, job, error)));
  return left;
}

/** `before` is why it could not be committed in company. */
async function commitAlone(pool: pg.Pool, job: WaitingJob, before: unknown): Promise<readonly Left[]> {
  // Whoever waited for it has gone, and others wait behind it.
  if (!isYoung(job)) {
    job.reject(before);
    return [];
  }
  for (let tries = 1; ; tries += 1) {
    const outcome = await transaction(pool, [job]);
    if (outcome.ok) {
      for (const settle of outcome.value) settle();
      return [];
    }
    const { error } = outcome;
    if (error instanceof DatabaseUnreachable) return [{ job, error }];
    if (!mayPass(error) || tries === mostTries) {
      job.reject(error);
      return [];
    }
  }
}

/** A unique key that another process took first, a serialization failure, a deadlock. */
const contended = ['23505', '40001', '40P01'];

/** Whether the same work may succeed now, because it failed for what another process did meanwhile. */
const mayPass = (error: unknown): boolean =>
  error instanceof Overtaken || (error instanceof pg.DatabaseError && contended.includes(error.code ?? ''));

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/** Gives what settles the jobs once they are committed. */
async function transaction(pool: pg.Pool, batch: readonly WaitingJob[]): Promise<Outcome<readonly (() => void)[]>> {
  try {
    return await withClient(pool, async (client) => {
      const settled: (() => void)[] = [];
      try {
        const begun = begin(client, [...new Set(batch.flatMap(({ touches }) => touches))]);
        for (const round of rounds(batch)) settled.push(...(await together(client, round, begun)));
      } catch (error) {
        if (error instanceof DatabaseUnreachable) throw error;
        await ask(client, { text: 'ROLLBACK' });
        return { ok: false, error };
      }
      await commit(client);
      return { ok: true, value: settled };
    });
  } catch (error) {
    return { ok: false, error };
  }
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

/** Work that touches nothing in common, in the order given wherever it does. */
function rounds(batch: readonly WaitingJob[]): readonly (readonly WaitingJob[])[] {
  const sorted: WaitingJob[][] = [];
  const last = new Map<string, number>();
  for (const job of batch) {
    const index = Math.max(0, ...job.touches.map((touched) => (last.get(touched) ?? -1) + 1));
    for (const touched of job.touches) last.set(touched, index);
    sorted[index] ??= [];
    sorted[index].push(job);
  }
  return sorted;
}

/** Gives what settles the jobs of a round once they are committed. */
async function together(
  client: pg.ClientBase,
  round: readonly WaitingJob[],
  begun: Promise<unknown>,
): Promise<readonly (() => void)[]> {
  const pieces = round.map((job) => ({ work: job.work(), touches: job.touches, after: [] as (() => void)[] }));
  const values = await drive(client, pieces, begun);
  return round.map(({ resolve }, index) => () => {
    resolve(values[index] as never); // Job hides the type that run() ties to its own promise
    for (const act of pieces[index]?.after ?? []) act();
  });
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
