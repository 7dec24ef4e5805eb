import { createHash } from 'node:crypto';
import { composeBody } from '@koobridge/contracts';
import type { CallName } from './calls.ts';
import { type FollowUpParts, followGivingUp, followSuccess } from './follow-up.ts';
import { judge, unsigned, type Verdict } from './judge.ts';
import { judgeAgainstRecords } from './judge-subject.ts';
import type { AttemptCause, Message } from './message.ts';
import type { Outcome } from './outcome.ts';
import type { Output } from './output.ts';
import { nextRetry, retryPlan } from './retry.ts';
import type { Sender } from './send.ts';
import { MissingKey, type SignedCallback, type Signer } from './sign-call.ts';

/** The marketplace is stopping; what was asked for is not done, or not to its end. */
export class Stopping extends Error {
  override readonly name = 'Stopping';
}

export interface DeliveryParts extends FollowUpParts {
  readonly sign: Signer;
  readonly send: Sender;
  readonly output: Output;
  readonly stopping: AbortSignal;
  /** Real time, milliseconds since the epoch. */
  readonly realNow: () => number;
}

export interface Delivery {
  /** Makes one attempt at each message, in order, and at what their success causes. Rejects with Stopping. */
  send(messages: readonly Message[], cause: AttemptCause): Promise<void>;
  /** Takes up what was on the wire, or was to be sent, when the marketplace ended. */
  resume(): Promise<void>;
  /** A call that an order hangs on was not taken in its time; answers what is to be sent because of it. */
  giveUp(id: number): Message[];
}

const notSent: Outcome = { kind: 'unreachable', cause: 'not sent' };

/** The beginning of an answer that is kept, in characters; documented answers are a tenth of it. */
const answerKept = 4096;

export function delivery(parts: DeliveryParts): Delivery {
  const { records, sign, send, output, stopping, realNow } = parts;
  const { attempts, messages, due, clock } = records;

  /** A call without a key is kept as an attempt that was not made. */
  function trySigning(activity: CallName, body: string): SignedCallback & { readonly missing?: string } {
    try {
      return sign(activity, body);
    } catch (error) {
      if (!(error instanceof MissingKey)) throw error;
      return { timestamp: '', nonce: '', call: { url: '', headers: {}, body }, missing: error.message };
    }
  }

  /** One attempt, from its token to what follows from its verdict. */
  async function attempt(message: Message, cause: AttemptCause): Promise<Message[]> {
    if (stopping.aborted) throw new Stopping();
    const number = attempts.count(message.id) + 1;
    const body = bodyOf(message, number);
    const signed = trySigning(message.activity, body);
    const { timestamp, nonce, call } = signed;
    const { url } = call;
    const headers = JSON.stringify(call.headers);
    const sentAt = realNow();
    const shared = { message: message.id, number };
    attempts.begin({
      ...shared,
      cause,
      at: clock.now(),
      sentAt,
      url,
      headers,
      timestamp,
      nonce,
      signed: body,
      sent: body,
    });
    output.out(message, number, cause);
    const outcome: Outcome = signed.missing === undefined ? await send(call, stopping) : notSent;
    if (outcome.kind === 'abandoned') throw new Stopping();
    const durationMs = realNow() - sentAt;
    const judged = signed.missing === undefined ? judge(message.activity, body, outcome) : unsigned(signed.missing);
    const verdict = judgeAgainstRecords(records, message, judged);
    const followers = records.transaction(() => {
      attempts.end({ ...shared, ...answerOf(message, outcome), ...judgementOf(verdict), durationMs });
      return verdict.succeeded ? succeeded(message, verdict) : failed(message, cause);
    });
    output.back(message, statusOf(outcome), verdict, durationMs);
    return followers;
  }

  /** A success ends the repetitions, and has consequences of its own. */
  function succeeded(message: Message, verdict: Extract<Verdict, { succeeded: true }>): Message[] {
    due.cancel(String(message.id), ['RETRY', 'GIVE_UP']);
    messages.setStatus(message.id, 'SUCCEEDED');
    return followSuccess(parts, message, verdict);
  }

  /** A failed restart by hand leaves the message and its repetitions as they were. */
  function failed(message: Message, cause: AttemptCause): Message[] {
    if (cause === 'restart') return [];
    const { retries = 0 } = messages.find(message.id) ?? {};
    const shared = { subject: String(message.id), lane: message.subject };
    const at = nextRetry(message.plan, retries, clock.now());
    if (at !== undefined) due.plan({ at, kind: 'RETRY', ...shared });
    messages.setStatus(message.id, at === undefined ? 'STOPPED' : 'RETRYING');
    const { failsOrderAfter } = retryPlan(message.plan);
    if (at === undefined && failsOrderAfter !== undefined) {
      due.plan({ at: Math.max(clock.now(), message.createdAt + failsOrderAfter), kind: 'GIVE_UP', ...shared });
    }
    return [];
  }

  async function sendAll(first: readonly Message[], cause: AttemptCause): Promise<void> {
    for (const message of first) await sendAll(await attempt(message, cause), 'first');
  }

  return {
    send: sendAll,
    giveUp: (id) => {
      const message = messages.find(id);
      return message === undefined || message.status === 'SUCCEEDED' ? [] : followGivingUp(parts, message);
    },
    resume: async () => {
      for (const message of messages.unfinished()) {
        const restart = message.status !== 'SENDING';
        const begun = attempts.count(message.id) > 0;
        attempts.interrupt(message.id);
        await sendAll([message], restart ? 'restart' : begun ? 'resume' : 'first');
      }
    },
  };
}

/** The body of one attempt. A create carries another `businessId` in every request (创建实例). */
function bodyOf(message: Message, number: number): string {
  if (message.activity !== 'newInstance') return message.body;
  const businessId = createHash('sha256').update(`${message.orderId} ${number}`).digest('hex').slice(0, 32);
  const members: unknown = JSON.parse(message.body);
  return composeBody({ ...Object(members), businessId });
}

const statusOf = (outcome: Outcome): number | null => ('status' in outcome ? outcome.status : null);

function answerOf(
  { activity }: Message,
  outcome: Outcome,
): {
  readonly httpStatus: number | null;
  readonly contentType: string | null;
  readonly answer: string | null;
  readonly answerBytes: number | null;
} {
  const body = 'body' in outcome ? outcome.body : undefined;
  return {
    httpStatus: statusOf(outcome),
    contentType: outcome.kind === 'answered' ? outcome.contentType : null,
    answer: body === undefined ? null : keptAnswer(activity, new TextDecoder().decode(body)),
    answerBytes: body?.length ?? null,
  };
}

/** What a seller tells of accounts is read and forgotten (R27). */
function keptAnswer(activity: CallName, text: string): string {
  const shown = activity === 'queryInstance' ? text.replaceAll(credentials, '$1"***"') : text;
  return shown.slice(0, answerKept);
}

const credentials = /("(?:userName|password)"\s*:\s*)"(?:[^"\\]|\\.)*"/g;

function judgementOf(verdict: Verdict) {
  const { resultCode } = verdict;
  return verdict.succeeded
    ? { state: 'SUCCEEDED' as const, rule: null, reason: null, resultCode }
    : { state: 'FAILED' as const, rule: verdict.rule, reason: verdict.reason, resultCode };
}
