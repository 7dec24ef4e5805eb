import type { Logger } from 'pino';
import type { Instances } from '../instances/instances.ts';
import type { Leases } from '../ledger/leases.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { statement, type Work } from '../ledger/work.ts';
import type { Licenses } from '../licenses/licenses.ts';
import type { StoreClock } from '../life/store-clock.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Orders } from '../orders/orders.ts';
import type { StoreClient } from '../store/client.ts';
import { askStore, type StoreWord } from './ask.ts';
import type { ConfirmationRow } from './tables.ts';

/** Asks the store, after the commit, what only it can settle (R16, R19) and what was bought. No answer to a callback waits for it. */
export interface Confirmations {
  /** Asks about everything that is due now, oldest first; resolves when all of it was tried once. */
  round(): Promise<void>;
}

export interface ConfirmationsNeed {
  readonly ledger: Ledger;
  /** So that of several processes one asks. */
  readonly leases: Leases;
  readonly licenses: Licenses;
  readonly instances: Instances;
  readonly orders: Orders;
  readonly store: StoreClient;
  readonly clock: StoreClock;
  readonly now: () => number;
  /** 0 up to 1, spreads the repeats. */
  readonly random: () => number;
  /** Ends the asking; what is under way then stays as it was. */
  readonly stopping: AbortSignal;
  readonly log: Logger;
  readonly metrics: Metrics;
}

const atOnce = 20;
const firstPauseMs = 5_000;
const longestPauseMs = 60 * 60_000;
/** Somebody waits for what was bought: a handler is not called before it is known. */
const longestOrderPauseMs = 10 * 60_000;
/** A question is two calls of the store, which have limits of their own. */
const leaseMs = 120_000;
const longestRoundMs = 60_000;

const due = statement<ConfirmationRow>(
  'SELECT * FROM confirmations WHERE next_attempt_at <= ? ORDER BY next_attempt_at LIMIT ?',
);
const settle = statement('DELETE FROM confirmations WHERE about = ? AND subject = ?');
// Only the question that was asked: one that took its place meanwhile is due at once.
const postpone = statement(
  `UPDATE confirmations SET attempts = attempts + 1, next_attempt_at = ?, problem = ?
   WHERE about = ? AND subject = ? AND attempts = ?
     AND order_id IS NOT DISTINCT FROM ? AND order_line_id IS NOT DISTINCT FROM ?`,
);

export function confirmations(need: ConfirmationsNeed): Confirmations {
  const { ledger, licenses, instances, orders, now, stopping } = need;

  /** The subject whose expiry a question is about; undefined for an order, which nothing changes. */
  function* subjectOf({ about, subject }: ConfirmationRow): Work<Subject | undefined> {
    if (about === 'license') {
      const stored = yield* licenses.find(subject);
      return stored && { revision: stored.revision, correct: (at) => licenses.correctExpiry(stored, at, now()) };
    }
    const stored = about === 'instance' ? yield* instances.find(subject) : undefined;
    return stored && { revision: stored.revision, correct: (at) => instances.correctExpiry(stored, at, now()) };
  }

  const ask = async (question: ConfirmationRow): Promise<void> => {
    const before = (await ledger.read(() => subjectOf(question)))?.revision;
    const word = await askStore(question, need.store, need.clock);
    if (stopping.aborted) return;
    const outcome = await ledger.run([touchedBy(question)], () => take(question, word, before));
    need.metrics.confirmations.labels(outcome).inc();
    const problem = word.kind === 'unsettled' ? word.problem : undefined;
    const { about, subject, reason } = question;
    need.log.info({ [about]: subject, reason, outcome, problem }, 'confirmation');
  };

  function* take(question: ConfirmationRow, word: StoreWord, before: number | undefined): Work<string> {
    if (word.kind === 'unsettled') return yield* later(question, word.problem);
    if (word.kind === 'order') {
      yield* orders.keep(word.line, word.order, now());
      if (word.expiresAt !== undefined) yield* instances.suggestExpiry(word.line, word.expiresAt, now());
    } else {
      const stored = yield* subjectOf(question);
      // A question is replaced only together with a change of its subject: unchanged, this is still the one that was asked.
      if (stored === undefined || stored.revision !== before) {
        return yield* later(question, `the ${question.about} changed while the store was asked`);
      }
      if (word.kind === 'expires') yield* stored.correct(word.at);
    }
    yield* settle.write(question.about, question.subject);
    return word.kind === 'expires' ? 'confirmed' : word.kind;
  }

  function* later(question: ConfirmationRow, problem: string): Work<'postponed'> {
    const { about, subject, attempts, order_id, order_line_id } = question;
    const longest = question.reason === 'order' ? longestOrderPauseMs : longestPauseMs;
    const next = now() + Math.round(Math.min(longest, pause(attempts)));
    yield* postpone.write(next, problem.slice(0, 500), about, subject, attempts, order_id, order_line_id);
    return 'postponed';
  }

  // Doubles up to an hour, and never comes earlier: a code the store does not know stays listed at 24 questions a day.
  const pause = (attempts: number): number =>
    Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts, 20)) * (1 + need.random() / 2);

  return {
    async round() {
      if ((await ledger.read(() => due.first(now(), 1))) === undefined) return;
      await need.leases.alone('confirmations', leaseMs, async () => {
        const end = performance.now() + longestRoundMs;
        // Each is settled or postponed, so every turn of the loop finds others.
        while (!stopping.aborted && performance.now() < end) {
          const questions = await ledger.read(() => due.all(now(), atOnce));
          if (questions.length === 0) return;
          await Promise.all(questions.map(ask));
        }
      });
    },
  };
}

/** What a callback about the same license, instance or order line touches too. */
const touchedBy = ({ about, subject }: ConfirmationRow): string => (about === 'order' ? `line ${subject}` : subject);

interface Subject {
  readonly revision: number;
  /** Inside a transaction: sets the expiry. */
  correct(expiresAt: number): Work<void>;
}
