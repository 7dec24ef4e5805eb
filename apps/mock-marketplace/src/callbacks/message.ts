import * as z from 'zod';
import { CallNameSchema } from './calls.ts';
import { judgingRules } from './judge.ts';
import { RetryPlanNames } from './retry.ts';

/** `HELD` back by a rough store; `SENDING` while its first call or a repetition is on the wire, or was when the marketplace was killed. */
export const MessageStatus = z.enum(['SENDING', 'HELD', 'SUCCEEDED', 'RETRYING', 'STOPPED']);
export type MessageStatus = z.output<typeof MessageStatus>;

/** What a call is made for: an order or the life of what was bought, a seller who debugs, or a probe of a saved case. */
export const MessagePurpose = z.enum(['ORDER', 'DEBUGGING', 'PROBE']);
export type MessagePurpose = z.output<typeof MessagePurpose>;

/** An interface message (生产接口消息): one callback with every attempt to make it. */
export const Message = z.object({
  id: z.number(),
  activity: CallNameSchema,
  /** The id of the subscription, application credential or saved case it is about. */
  subject: z.string(),
  license: z.string().nullable(),
  instanceId: z.string().nullable(),
  command: z.string().nullable(),
  orderId: z.string().nullable(),
  body: z.string(),
  plan: z.enum(RetryPlanNames),
  purpose: MessagePurpose,
  /** Life-cycle time. */
  createdAt: z.number(),
  status: MessageStatus,
  /** How many of the repetitions of R22 were used. */
  retries: z.number(),
  /** Why it stopped, where that was not the last failure. */
  note: z.string().nullable(),
});
export type Message = z.output<typeof Message>;

/**
 * Why an attempt was made: `resume` takes up a call that was on the wire when the marketplace ended. A rough store also
 * makes calls `held` back until then, and a `repeat` of what was taken. `same-bytes` is a restart with a spent token.
 */
export const AttemptCause = z.enum(['first', 'held', 'retry', 'restart', 'same-bytes', 'resume', 'repeat']);
export type AttemptCause = z.output<typeof AttemptCause>;

/** One call: what was signed, what was sent, what came back, and how it was judged. No field holds a key. */
export const Attempt = z.object({
  message: z.number(),
  number: z.number(),
  cause: AttemptCause,
  /** Life-cycle time. */
  at: z.number(),
  /** Real time. */
  sentAt: z.number(),
  url: z.string(),
  /** JSON. */
  headers: z.string(),
  timestamp: z.string(),
  nonce: z.string(),
  /** The payload under the signature, and the body that was sent; the store keeps them equal. */
  signed: z.string(),
  sent: z.string(),
  state: z.enum(['UNDER_WAY', 'SUCCEEDED', 'FAILED', 'INTERRUPTED']),
  httpStatus: z.number().nullable(),
  contentType: z.string().nullable(),
  /** The beginning of the answer's body. */
  answer: z.string().nullable(),
  /** How many bytes of the answer were read. */
  answerBytes: z.number().nullable(),
  rule: z.enum(judgingRules).nullable(),
  reason: z.string().nullable(),
  resultCode: z.string().nullable(),
  durationMs: z.number().nullable(),
});
export type Attempt = z.output<typeof Attempt>;

/** The part of an attempt that is known before it is sent. */
export type AttemptBegin = Pick<
  Attempt,
  'message' | 'number' | 'cause' | 'at' | 'sentAt' | 'url' | 'headers' | 'timestamp' | 'nonce' | 'signed' | 'sent'
>;
/** The part that is known afterwards. */
export type AttemptEnd = Omit<Attempt, keyof AttemptBegin> & Pick<Attempt, 'message' | 'number'>;
