import { statement, type Work } from '../ledger/work.ts';
import type { QuestionAbout } from './tables.ts';

/** An order line to ask the store about. */
export interface OrderLineId {
  readonly orderId: string;
  readonly orderLineId: string;
}

/** What a question about an order line has as its subject. */
export const orderSubject = ({ orderId, orderLineId }: OrderLineId): string => JSON.stringify([orderId, orderLineId]);

/** The open questions to the store; used inside a transaction. A new one about a subject takes the place of an older one. */
export interface Questions {
  /** The expiry of a license or instance, after an order line that left it open (R16). */
  expiry(about: 'license' | 'instance', subject: string, line: OrderLineId, now: number): Work<void>;
  /** Whether the store knows a license that was taken in (R19). */
  adoption(license: string, now: number): Work<void>;
  /** What was bought. */
  order(line: OrderLineId, now: number): Work<void>;
  withdrawExpiry(about: 'license' | 'instance', subject: string): Work<void>;
}

const insert = statement(
  `INSERT INTO confirmations (about, subject, reason, order_id, order_line_id, attempts, next_attempt_at, problem)
   VALUES (?, ?, ?, ?, ?, 0, ?, NULL)
   ON CONFLICT (about, subject) DO UPDATE SET reason = excluded.reason, order_id = excluded.order_id,
     order_line_id = excluded.order_line_id, attempts = 0, next_attempt_at = excluded.next_attempt_at, problem = NULL`,
);
const withdraw = statement(`DELETE FROM confirmations WHERE about = ? AND subject = ? AND reason = 'expiry'`);

function* ask(
  about: QuestionAbout,
  subject: string,
  reason: string,
  line: OrderLineId | null,
  now: number,
): Work<void> {
  yield* insert.write(about, subject, reason, line?.orderId ?? null, line?.orderLineId ?? null, now);
}

export const questions: Questions = {
  expiry: (about, subject, line, now) => ask(about, subject, 'expiry', line, now),
  adoption: (license, now) => ask('license', license, 'adoption', null, now),
  order: (line, now) => ask('order', orderSubject(line), 'order', line, now),
  *withdrawExpiry(about, subject) {
    yield* withdraw.write(about, subject);
  },
};
