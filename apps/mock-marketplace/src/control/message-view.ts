import * as z from 'zod';
import { CallNameSchema } from '../callbacks/calls.ts';
import { judgingRules } from '../callbacks/judge.ts';
import { type Attempt, AttemptCause, type Message, MessagePurpose, MessageStatus } from '../callbacks/message.ts';
import { retryPlan } from '../callbacks/retry.ts';
import { iso, isoOrNull } from '../clock/calendar.ts';

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
  activity: CallNameSchema,
  /** A scene, FREEZE and UNFREEZE, or what the flag of a Kit call says. */
  command: z.string().nullable(),
  /** The id of the subscription, application credential or saved case it is about. */
  subject: z.string(),
  license: z.string().optional(),
  instanceId: z.string().optional(),
  orderId: z.string().nullable(),
  status: MessageStatus,
  purpose: MessagePurpose,
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
  const { id, activity, command, subject, license, instanceId, orderId, status, purpose, createdAt } = message;
  const { retries, note } = message;
  return {
    id: String(id),
    activity,
    command,
    subject,
    ...(license === null ? {} : { license }),
    ...(instanceId === null ? {} : { instanceId }),
    orderId,
    status,
    purpose,
    createdAt: iso(createdAt),
    retries: { done: retries, limit: retryPlan(message.plan).repeats, nextAt: isoOrNull(nextAt ?? null) },
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
