import { refusalCode, refusalSentence, result, type TokenRefusal } from '@koobridge/contracts';
import type { RoomAnswer } from '../production/answers.ts';
import { ask, looks, resumed, statement, together, type Work } from './work.ts';

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
  /** What became of its order line, or of what stands for one (R15); absent where there is none, or it was not taken. */
  readonly line?: LineOutcome | undefined;
}

export type LineOutcome = 'applied' | 'repeated' | 'conflict';

/** `before`: it was applied before. `now`: it is now. */
export const lineOutcome = (before: boolean, conflict: string | undefined, now: boolean): LineOutcome | undefined =>
  conflict !== undefined ? 'conflict' : before ? 'repeated' : now ? 'applied' : undefined;

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
  isTaken(token: Pick<Receipt, 'nonce' | 'keyId'>): Work<boolean>;
  /**
   * Inside a transaction: takes the callback's nonce, lets `answer` decide, and keeps both. A nonce that was taken before
   * gets `replayed` and changes nothing.
   */
  once(receipt: Receipt, answer: Answered | (() => Work<Answered>)): Work<Answered>;
  /** Inside a transaction: deletes up to 1,000 of the oldest receipts from before `instant`; returns how many. */
  prune(instant: number): Work<number>;
}

const pruneStep = 1_000;

const find = statement('SELECT 1 FROM receipts WHERE nonce = ? AND key_id = ?');
const insert = statement(
  `INSERT INTO receipts (received_at, activity, subject, key_id, reading, nonce, body, result_code, conflict, hashed, duration_us)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const prune = statement(
  `DELETE FROM receipts WHERE id IN
     (SELECT id FROM (SELECT id, received_at FROM receipts ORDER BY id LIMIT ${pruneStep}) AS oldest WHERE received_at < ?)`,
);

function* isTaken({ nonce, keyId }: Pick<Receipt, 'nonce' | 'keyId'>): Work<boolean> {
  return (yield* find.first(nonce, keyId)) !== undefined;
}

// biome-ignore lint/correctness/useYield: work that has nothing to ask
function* decided(answered: Answered): Work<Answered> {
  return answered;
}

export const receipts: Receipts = {
  isTaken,
  *once(receipt, answer) {
    const deciding = typeof answer === 'function' ? answer() : decided(answer);
    const first = deciding.next();
    // What the decision looks for first is asked together with it.
    const looking = first.done !== true && looks(first.value) ? ask(first.value) : undefined;
    const [taken, found] = looking ? yield* together(isTaken(receipt), looking) : [yield* isTaken(receipt)];
    if (taken) return receipt.keyId.startsWith('v1/') ? replayedV1 : replayed;
    const answered = yield* resumed(deciding, looking ? deciding.next(found) : first);
    yield* insert.write(
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
  prune: (instant) => prune.run(instant),
};

/** The subject that taking a callback's nonce touches. */
export const nonceOf = ({ keyId, nonce }: Receipt): string => `nonce ${keyId} ${nonce}`;
