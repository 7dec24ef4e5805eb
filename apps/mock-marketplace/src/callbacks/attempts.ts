import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { query } from '../database/query.ts';
import { Attempt, type AttemptBegin, type AttemptEnd } from './message.ts';

export interface Attempts {
  begin(attempt: AttemptBegin): void;
  end(attempt: AttemptEnd): void;
  /** Marks what was under way when the marketplace ended; what the seller's server answered is not known. */
  interrupt(message: number): void;
  count(message: number): number;
  of(message: number): Attempt[];
}

export function storedAttempts(database: DatabaseSync): Attempts {
  const insert = database.prepare(
    `INSERT INTO attempts (message, number, cause, at, sentAt, url, headers, timestamp, nonce, signed, sent, state)
     VALUES ($message, $number, $cause, $at, $sentAt, $url, $headers, $timestamp, $nonce, $signed, $sent, 'UNDER_WAY')`,
  );
  const update = database.prepare(
    `UPDATE attempts SET state = $state, httpStatus = $httpStatus, contentType = $contentType, answer = $answer,
       answerBytes = $answerBytes, rule = $rule, reason = $reason, resultCode = $resultCode, durationMs = $durationMs
     WHERE message = $message AND number = $number`,
  );
  const interrupt = database.prepare(
    `UPDATE attempts SET state = 'INTERRUPTED' WHERE message = $message AND state = 'UNDER_WAY'`,
  );
  const counted = query(
    database,
    z.object({ count: z.number() }),
    'SELECT count(*) AS count FROM attempts WHERE message = $message',
  );
  const ofMessage = query(database, Attempt, 'SELECT * FROM attempts WHERE message = $message ORDER BY number');
  return {
    begin: (attempt) => void insert.run({ ...attempt }),
    end: (attempt) => void update.run({ ...attempt }),
    interrupt: (message) => void interrupt.run({ message }),
    count: (message) => counted.one({ message })?.count ?? 0,
    of: (message) => ofMessage.all({ message }),
  };
}
