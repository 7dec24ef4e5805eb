import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, type Ledger, LedgerOverloaded, waitingLimit } from './ledger.ts';
import { type AskTogether, inLockstep } from './lockstep.ts';
import type { Work } from './work.ts';

/** What keeps the ledger's work: a database with transactions. */
export interface Transactions {
  /**
   * Runs `body` in one transaction of its own and commits it. `touches` gives what it may change, which others who change
   * it too wait for. Calls `next` where another may begin before this one is known to be committed. Rejects when something
   * fails, with nothing done unless that is judged to be unknown.
   */
  transact<T>(touches: () => readonly string[], body: (ask: AskRound) => Promise<T>, next: () => void): Promise<T>;
  /** What became of a transaction that failed. */
  judge(error: unknown): Failure;
}

/** Asks within a transaction; of its last round of work, a database may commit with the last step. */
export type AskRound = (isLast: boolean) => AskTogether;

/**
 * `away`: the database was not to be had, and nothing was done; `unknown`: it may have been committed or not; `overtaken`:
 * somebody else was faster, and the same may succeed now; `failed`: the work itself is what failed.
 */
export type Failure = 'away' | 'unknown' | 'overtaken' | 'failed';

export interface Limits {
  /** Transactions at a time. */
  readonly writers: number;
  /** Pieces of work in one. */
  readonly batch: number;
  /** Milliseconds for which work waits for a database that is away. */
  readonly patienceMs: number;
  /** Milliseconds before a database that was away is tried again. */
  readonly pauseMs: number;
}

interface WaitingJob extends Job {
  /** `performance.now()` when it was submitted. */
  readonly since: number;
}

/** How often a piece of work that others overtook is tried. */
const mostTries = 5;

/**
 * Work that waits shares a transaction, and so a sync to the disk: while one is under way, what comes meanwhile gathers
 * for the next.
 */
export function groupCommit(
  { transact, judge }: Transactions,
  { writers, batch, patienceMs, pauseMs }: Limits,
): Pick<Ledger, 'run' | 'drain'> {
  const waiting: WaitingJob[] = [];
  /** Pieces of work that are not settled. */
  let held = 0;
  let scheduled = false;
  /** Transactions that keep others from beginning, and all that are not over. */
  let busy = 0;
  let underway = 0;
  let closed = false;
  let givenUp = false;
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
    underway += 1;
    let isBusy = true;
    const next = (): void => {
      if (isBusy) busy -= 1;
      isBusy = false;
      if (waiting.length > 0) schedule();
    };
    void commitOnce(waiting.splice(0, batch), next).finally(() => {
      underway -= 1;
      next();
      if (waiting.length === 0 && underway === 0) drained?.();
    });
    if (waiting.length > 0) schedule();
  };

  /** Never rejects; every job is settled, or waits again because nothing could be done. */
  const commitOnce = async (jobs: readonly WaitingJob[], next: () => void): Promise<void> => {
    const left = await commitTogether(jobs, next);
    if (left.length === 0) return;
    for (const { job, error } of left.filter(({ job }) => !isYoung(job))) job.reject(error);
    const young = left.map(({ job }) => job).filter(isYoung);
    if (young.length > 0) await sleep(pauseMs);
    if (givenUp) return giveUp(young);
    // Others may have come back before them that were submitted later.
    waiting.push(...young);
    waiting.sort((a, b) => a.since - b.since);
  };

  const isYoung = ({ since }: WaitingJob): boolean => performance.now() - since < patienceMs;

  const giveUp = (jobs: readonly WaitingJob[]): void => {
    for (const job of jobs) job.reject(new Error('the database was locked or away until the server stopped'));
  };

  /** One transaction for all; when one fails, each gets its own, so that it spoils no other. Settles all but what is left. */
  const commitTogether = async (jobs: readonly WaitingJob[], next: () => void): Promise<readonly Left[]> => {
    const outcome = await attempt(jobs, next);
    if (outcome.ok) return [];
    const { failure, error } = outcome;
    if (failure === 'away') return jobs.map((job) => ({ job, error }));
    if (failure === 'unknown' || (failure === 'failed' && jobs.length === 1)) {
      for (const job of jobs) job.reject(error);
      return [];
    }
    const left: Left[] = [];
    for (const job of jobs) left.push(...(await commitAlone(job, error)));
    return left;
  };

  /** `before` is why it could not be committed in company. */
  const commitAlone = async (job: WaitingJob, before: unknown): Promise<readonly Left[]> => {
    // Whoever waited for it has gone, and others wait behind it.
    if (!isYoung(job)) {
      job.reject(before);
      return [];
    }
    for (let tries = 1; ; tries += 1) {
      const outcome = await attempt([job], () => undefined);
      if (outcome.ok) return [];
      const { failure, error } = outcome;
      if (failure === 'away') return [{ job, error }];
      if (failure !== 'overtaken' || tries === mostTries) {
        job.reject(error);
        return [];
      }
    }
  };

  /** One transaction; settles its jobs if it was committed. */
  const attempt = async (jobs: readonly WaitingJob[], next: () => void): Promise<Outcome> => {
    let settled: readonly (() => void)[];
    try {
      settled = await transact(
        () => touchedBy(jobs),
        (ask) => inRounds(jobs, ask),
        next,
      );
    } catch (error) {
      return { ok: false, failure: judge(error), error };
    }
    for (const settle of settled) settle();
    return { ok: true };
  };

  return {
    run<T>(touches: readonly string[], work: () => Work<T>): Promise<T> {
      if (closed) return Promise.reject(new Error('the ledger is closed'));
      if (held >= waitingLimit) return Promise.reject(new LedgerOverloaded(`${waitingLimit} callbacks wait`));
      held += 1;
      return new Promise((resolve, reject) => {
        const since = performance.now();
        const settling = {
          resolve(value: T) {
            held -= 1;
            resolve(value);
          },
          reject(error: unknown) {
            held -= 1;
            reject(error);
          },
        };
        waiting.push({ touches, work, since, ...settling });
        schedule();
      });
    },
    drain(ms) {
      closed = true;
      if (waiting.length === 0 && underway === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          givenUp = true;
          giveUp(waiting.splice(0));
          resolve();
        }, ms);
        drained = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}

type Outcome = { readonly ok: true } | { readonly ok: false; readonly failure: Failure; readonly error: unknown };

/** A job of which nothing was done, because the database was away. */
interface Left {
  readonly job: WaitingJob;
  readonly error: unknown;
}

const touchedBy = (jobs: readonly Job[]): readonly string[] => [...new Set(jobs.flatMap(({ touches }) => touches))];

/** Runs jobs to their ends, and gives what settles them once they are committed. */
async function inRounds(jobs: readonly Job[], ask: AskRound): Promise<readonly (() => void)[]> {
  const settled: (() => void)[] = [];
  const sorted = rounds(jobs);
  for (const [index, round] of sorted.entries()) {
    const pieces = round.map((job) => ({ work: job.work(), touches: job.touches, after: [] as (() => void)[] }));
    const values = await inLockstep(pieces, ask(index === sorted.length - 1));
    for (const [at, { resolve }] of round.entries())
      settled.push(() => {
        resolve(values[at] as never); // Job hides the type that run() ties to its own promise
        for (const act of pieces[at]?.after ?? []) act();
      });
  }
  return settled;
}

/** Work that touches nothing in common, in the order given wherever it does. */
function rounds(jobs: readonly Job[]): readonly (readonly Job[])[] {
  const sorted: Job[][] = [];
  const last = new Map<string, number>();
  for (const job of jobs) {
    const index = Math.max(0, ...job.touches.map((touched) => (last.get(touched) ?? -1) + 1));
    for (const touched of job.touches) last.set(touched, index);
    sorted[index] ??= [];
    sorted[index].push(job);
  }
  return sorted;
}
