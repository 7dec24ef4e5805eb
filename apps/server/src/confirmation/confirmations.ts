import type { DatabaseSync } from 'node:sqlite';
import type { Logger } from 'pino';
import type { Instances } from '../instances/instances.ts';
import type { Ledger } from '../ledger/ledger.ts';
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
  readonly connection: DatabaseSync;
  readonly ledger: Ledger;
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

export function confirmations(need: ConfirmationsNeed): Confirmations {
  const { connection, ledger, licenses, instances, orders, now, stopping } = need;
  const due = connection.prepare(
    'SELECT * FROM confirmations WHERE next_attempt_at <= ? ORDER BY next_attempt_at LIMIT ?',
  );
  const settle = connection.prepare('DELETE FROM confirmations WHERE about = ? AND subject = ?');
  // Only the question that was asked: one that took its place meanwhile is due at once.
  const postpone = connection.prepare(
    `UPDATE confirmations SET attempts = attempts + 1, next_attempt_at = ?, problem = ?
     WHERE about = ? AND subject = ? AND attempts = ? AND order_id IS ? AND order_line_id IS ?`,
  );

  /** The subject whose expiry a question is about; undefined for an order, which nothing changes. */
  const subjectOf = ({ about, subject }: ConfirmationRow): Subject | undefined => {
    if (about === 'license') {
      const stored = licenses.find(subject);
      return stored && { revision: stored.revision, correct: (at) => licenses.correctExpiry(stored, at, now()) };
    }
    const stored = about === 'instance' ? instances.find(subject) : undefined;
    return stored && { revision: stored.revision, correct: (at) => instances.correctExpiry(stored, at, now()) };
  };

  const ask = async (question: ConfirmationRow): Promise<void> => {
    const before = subjectOf(question)?.revision;
    const word = await askStore(question, need.store, need.clock);
    if (stopping.aborted) return;
    const outcome = await ledger.run(() => take(question, word, before));
    need.metrics.confirmations.labels(outcome).inc();
    const problem = word.kind === 'unsettled' ? word.problem : undefined;
    const { about, subject, reason } = question;
    need.log.info({ [about]: subject, reason, outcome, problem }, 'confirmation');
  };

  const take = (question: ConfirmationRow, word: StoreWord, before: number | undefined): string => {
    if (word.kind === 'unsettled') return later(question, word.problem);
    if (word.kind === 'order') {
      orders.keep(word.line, word.order, now());
      if (word.expiresAt !== undefined) instances.suggestExpiry(word.line, word.expiresAt, now());
    } else {
      const stored = subjectOf(question);
      // A question is replaced only together with a change of its subject: unchanged, this is still the one that was asked.
      if (stored === undefined || stored.revision !== before) {
        return later(question, `the ${question.about} changed while the store was asked`);
      }
      if (word.kind === 'expires') stored.correct(word.at);
    }
    settle.run(question.about, question.subject);
    return word.kind === 'expires' ? 'confirmed' : word.kind;
  };

  const later = (question: ConfirmationRow, problem: string): 'postponed' => {
    const { about, subject, attempts, order_id, order_line_id } = question;
    const longest = question.reason === 'order' ? longestOrderPauseMs : longestPauseMs;
    postpone.run(
      now() + Math.min(longest, pause(attempts)),
      problem.slice(0, 500),
      about,
      subject,
      attempts,
      order_id,
      order_line_id,
    );
    return 'postponed';
  };

  // Doubles up to an hour, and never comes earlier: a code the store does not know stays listed at 24 questions a day.
  const pause = (attempts: number): number =>
    Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts, 20)) * (1 + need.random() / 2);

  return {
    async round() {
      // Each is settled or postponed, so every turn of the loop finds others.
      while (!stopping.aborted) {
        const questions = due.all(now(), atOnce) as unknown as ConfirmationRow[]; // tables.ts made the columns
        if (questions.length === 0) return;
        await Promise.all(questions.map(ask));
      }
    },
  };
}

interface Subject {
  readonly revision: number;
  /** Inside a transaction: sets the expiry. */
  correct(expiresAt: number): void;
}
