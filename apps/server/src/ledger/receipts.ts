import type { DatabaseSync } from 'node:sqlite';
import { refusalCode, refusalSentence, result, type TokenRefusal } from '@koobridge/contracts';
import type { RoomAnswer } from '../production/answers.ts';

/** What a verified callback brought with it. */
export interface Receipt {
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly activity: string | null;
  readonly subject: string | null;
  readonly keyId: string;
  readonly reading: string;
  readonly nonce: string;
  readonly body: Uint8Array;
  /** Whether `body` is only the SHA-256 of it, because it holds personal data (R27). */
  readonly hashed: boolean;
  /** Microseconds since the request began. */
  readonly elapsed: () => number;
}

export interface Answered {
  readonly answer: RoomAnswer;
  /** Why nothing was decided. */
  readonly reason?: TokenRefusal | undefined;
  readonly conflict?: string | undefined;
}

/** The answer to a token that was used before (R3, R7). */
export const replayed: Answered = {
  answer: result(refusalCode('nonce-replayed'), refusalSentence('nonce-replayed')),
  reason: 'nonce-replayed',
};

/** The same in the words of V1, which knows no nonce (R25). */
const replayedV1: Answered = {
  answer: result(refusalCode('nonce-replayed'), 'The authToken was used before: each call needs a fresh one.'),
  reason: 'nonce-replayed',
};

export interface Receipts {
  /** Whether a nonce was taken before; also outside a transaction. */
  isTaken(token: Pick<Receipt, 'nonce' | 'keyId'>): boolean;
  /**
   * Inside a transaction: takes the callback's nonce, lets `work` decide, and keeps both. A nonce that was taken before
   * gets `replayed` and changes nothing.
   */
  once(receipt: Receipt, work: () => Answered): Answered;
  /** Inside a transaction: deletes up to 1,000 of the oldest receipts from before `instant`; returns how many. */
  prune(instant: number): number;
}

const pruneStep = 1_000;

export function sqliteReceipts(connection: DatabaseSync): Receipts {
  const find = connection.prepare('SELECT 1 FROM receipts WHERE nonce = ? AND key_id = ?');
  const insert = connection.prepare(
    `INSERT INTO receipts (received_at, activity, subject, key_id, reading, nonce, body, result_code, conflict, hashed, duration_us)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const prune = connection.prepare(
    `DELETE FROM receipts WHERE id IN
       (SELECT id FROM (SELECT id, received_at FROM receipts ORDER BY id LIMIT ${pruneStep}) WHERE received_at < ?)`,
  );
  const isTaken: Receipts['isTaken'] = ({ nonce, keyId }) => find.get(nonce, keyId) !== undefined;
  return {
    isTaken,
    once(receipt, work) {
      if (isTaken(receipt)) return receipt.keyId.startsWith('v1/') ? replayedV1 : replayed;
      const answered = work();
      insert.run(
        receipt.receivedAt,
        receipt.activity,
        receipt.subject,
        receipt.keyId,
        receipt.reading,
        receipt.nonce,
        receipt.body,
        answered.answer.resultCode,
        answered.conflict ?? null,
        Number(receipt.hashed),
        receipt.elapsed(),
      );
      return answered;
    },
    prune: (instant) => Number(prune.run(instant).changes),
  };
}
