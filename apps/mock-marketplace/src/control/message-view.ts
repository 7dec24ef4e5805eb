import * as z from 'zod';
import { judgingRules } from '../callbacks/judge.ts';
import { ActivityNameSchema, type Attempt, AttemptCause, type Message, MessageStatus } from '../callbacks/message.ts';
import { retryLimit } from '../callbacks/retry.ts';
import { iso } from '../clock/calendar.ts';
import { isoOrNull } from './views.ts';

const Verdict = z.object({
  succeeded: z.boolean(),
  resultCode: z.string().nullable(),
  /** The clause of R21 that failed the call. */
  rule: z.enum(judgingRules).nullable(),
  reason: z.string().nullable(),
});

export const AttemptView = z.object({
  number: z.number(),
  cause: AttemptCause,
  state: z.enum(['UNDER_WAY', 'SUCCEEDED', 'FAILED', 'INTERRUPTED']),
  /** On the life-cycle clock. */
  at: z.string(),
  /** In real time, like the token's timestamp. */
  sentAt: z.string(),
  signed: z.object({ timestamp: z.string(), nonce: z.string(), payload: z.string() }),
  sent: z.object({
    method: z.literal('POST'),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
  /** `body` is cut; `bytes` counts what was read of it. */
  answer: z
    .object({
      status: z.number(),
      contentType: z.string().nullable(),
      body: z.string().nullable(),
      bytes: z.number().nullable(),
    })
    .nullable(),
  verdict: Verdict.nullable(),
  durationMs: z.number().nullable(),
});

export const MessageView = z.object({
  id: z.string(),
  activity: ActivityNameSchema,
  /** A scene, or FREEZE and UNFREEZE. */
  command: z.string().nullable(),
  license: z.string(),
  orderId: z.string().nullable(),
  status: MessageStatus,
  createdAt: z.string(),
  retries: z.object({ done: z.number(), limit: z.number(), nextAt: z.string().nullable() }),
  note: z.string().nullable(),
  attempts: z.array(AttemptView),
});

export function messageView(
  message: Message,
  attempts: readonly Attempt[],
  nextAt: number | undefined,
): z.output<typeof MessageView> {
  const { id, activity, command, license, orderId, status, createdAt, retries, note } = message;
  return {
    id: String(id),
    activity,
    command,
    license,
    orderId,
    status,
    createdAt: iso(createdAt),
    retries: { done: retries, limit: retryLimit, nextAt: isoOrNull(nextAt ?? null) },
    note,
    attempts: attempts.map(attemptView),
  };
}

const Headers = z.record(z.string(), z.string());

function attemptView(attempt: Attempt): z.output<typeof AttemptView> {
  const { number, cause, state, timestamp, nonce, url, httpStatus, contentType, rule, reason, resultCode } = attempt;
  const judged = state === 'SUCCEEDED' || state === 'FAILED';
  return {
    number,
    cause,
    state,
    at: iso(attempt.at),
    sentAt: iso(attempt.sentAt),
    signed: { timestamp, nonce, payload: attempt.signed },
    sent: { method: 'POST', url, headers: Headers.parse(JSON.parse(attempt.headers)), body: attempt.sent },
    answer:
      httpStatus === null
        ? null
        : { status: httpStatus, contentType, body: attempt.answer, bytes: attempt.answerBytes },
    verdict: judged ? { succeeded: state === 'SUCCEEDED', resultCode, rule, reason } : null,
    durationMs: attempt.durationMs,
  };
}
