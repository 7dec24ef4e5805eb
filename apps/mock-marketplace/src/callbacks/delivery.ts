import type { Records } from '../database/records.ts';
import { unfreezeWhenRefreshed } from '../licenses/life-cycle.ts';
import type { FreezeMoment } from '../licenses/moments.ts';
import { writeChange } from '../licenses/write.ts';
import { judge, type Verdict } from './judge.ts';
import type { AttemptCause, Message } from './message.ts';
import type { Outcome } from './outcome.ts';
import type { Output } from './output.ts';
import { nextRetry } from './retry.ts';
import type { Sender } from './send.ts';
import type { Signer } from './sign-call.ts';

/** The marketplace is stopping; what was asked for is not done, or not to its end. */
export class Stopping extends Error {
  override readonly name = 'Stopping';
}

export interface DeliveryParts {
  readonly records: Records;
  readonly sign: Signer;
  readonly send: Sender;
  readonly output: Output;
  readonly moment: FreezeMoment;
  readonly stopping: AbortSignal;
  /** Real time, milliseconds since the epoch. */
  readonly realNow: () => number;
}

export interface Delivery {
  /** Makes one attempt at each message, in order, and at what their success causes. Rejects with Stopping. */
  send(messages: readonly Message[], cause: AttemptCause): Promise<void>;
  /** Takes up what was on the wire, or was to be sent, when the marketplace ended. */
  resume(): Promise<void>;
}

/** The beginning of an answer that is kept, in characters; documented answers are a tenth of it. */
const answerKept = 4096;

export function delivery(parts: DeliveryParts): Delivery {
  const { records, sign, send, output, moment, stopping, realNow } = parts;
  const { attempts, messages, due, clock, orders, licenses } = records;

  /** One attempt, from its token to what follows from its verdict. */
  async function attempt(message: Message, cause: AttemptCause): Promise<Message[]> {
    if (stopping.aborted) throw new Stopping();
    const { token, call } = sign(message.activity, message.body);
    const number = attempts.count(message.id) + 1;
    const { timestamp, nonce } = token;
    const { url, body } = call;
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
      signed: message.body,
      sent: body,
    });
    output.out(message, number, cause);
    const outcome = await send(call, stopping);
    if (outcome.kind === 'abandoned') throw new Stopping();
    const durationMs = realNow() - sentAt;
    const verdict = judge(message.activity, outcome);
    const followers = records.transaction(() => {
      attempts.end({ ...shared, ...answerOf(outcome), ...judgementOf(verdict), durationMs });
      return verdict.succeeded ? succeeded(message) : failed(message, cause);
    });
    output.back(statusOf(outcome), verdict, durationMs);
    return followers;
  }

  /** A success ends the repetitions, completes the order, and lets a renewed code be unfrozen. */
  function succeeded(message: Message): Message[] {
    due.cancel(String(message.id), ['RETRY']);
    messages.setStatus(message.id, 'SUCCEEDED');
    if (message.orderId !== null) orders.setStatus(message.orderId, 'COMPLETED');
    const license = licenses.find(message.license);
    if (message.activity !== 'refreshLicenseCode' || license === undefined) return [];
    const change = unfreezeWhenRefreshed(license, clock.now(), moment);
    return change === undefined ? [] : writeChange(records, change, moment);
  }

  /** A failed restart by hand leaves the message and its repetitions as they were. */
  function failed(message: Message, cause: AttemptCause): Message[] {
    if (cause === 'restart') return [];
    const { retries = 0 } = messages.find(message.id) ?? {};
    const at = nextRetry(retries, clock.now());
    if (at !== undefined) due.plan({ at, kind: 'RETRY', subject: String(message.id) });
    messages.setStatus(message.id, at === undefined ? 'STOPPED' : 'RETRYING');
    return [];
  }

  async function sendAll(first: readonly Message[], cause: AttemptCause): Promise<void> {
    for (const message of first) await sendAll(await attempt(message, cause), 'first');
  }

  return {
    send: sendAll,
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

const statusOf = (outcome: Outcome): number | null => ('status' in outcome ? outcome.status : null);

function answerOf(outcome: Outcome): {
  readonly httpStatus: number | null;
  readonly contentType: string | null;
  readonly answer: string | null;
  readonly answerBytes: number | null;
} {
  const body = 'body' in outcome ? outcome.body : undefined;
  return {
    httpStatus: statusOf(outcome),
    contentType: outcome.kind === 'answered' ? outcome.contentType : null,
    answer: body === undefined ? null : new TextDecoder().decode(body.subarray(0, answerKept)),
    answerBytes: body?.length ?? null,
  };
}

function judgementOf(verdict: Verdict) {
  const { resultCode } = verdict;
  return verdict.succeeded
    ? { state: 'SUCCEEDED' as const, rule: null, reason: null, resultCode }
    : { state: 'FAILED' as const, rule: verdict.rule, reason: verdict.reason, resultCode };
}
