import { createHash } from 'node:crypto';
import { composeBody } from '@koobridge/contracts';
import * as z from 'zod';
import { strictly } from '../debugging/judge-strictly.ts';
import { judgeReplay } from '../hostility/judge-refusal.ts';
import { mayBeOvertaken } from '../hostility/profile.ts';
import { rough } from '../hostility/rough.ts';
import { noteFailedProbe } from '../notices/delist.ts';
import { notifyOfFailure } from '../notices/notify.ts';
import type { CallName } from './calls.ts';
import { type FollowUpParts, followGivingUp, followSuccess } from './follow-up.ts';
import { judge, unsigned, type Verdict } from './judge.ts';
import { judgeAgainstRecords } from './judge-subject.ts';
import { keptAnswer } from './kept-answer.ts';
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

/** How a message is restarted: with a token of its own for each call, or with the very bytes of its last one. */
export interface Restart {
  readonly token: 'fresh' | 'same';
  readonly times: number;
}

export interface Delivery {
  /** Makes one attempt at each message, in order, and at what their success causes. Rejects with Stopping. */
  send(messages: readonly Message[], cause: AttemptCause): Promise<void>;
  /** Makes calls of a message by hand, all at once. Rejects with Stopping. */
  restart(message: Message, how: Restart): Promise<void>;
  /** Takes up what was on the wire, or was to be sent, when the marketplace ended. */
  resume(): Promise<void>;
  /** A call that an order hangs on was not taken in its time; answers what is to be sent because of it. */
  giveUp(id: number): Message[];
}

type MaybeSigned = SignedCallback & { readonly missing?: string };

const notSent: Outcome = { kind: 'unreachable', cause: 'not sent' };

export function delivery(parts: DeliveryParts): Delivery {
  const { records, sign, send, output, stopping, realNow } = parts;
  const { attempts, messages, due, clock } = records;
  const roughness = rough(parts);

  /** A call without a key is kept as an attempt that was not made. */
  function trySigning(activity: CallName, body: string): MaybeSigned {
    try {
      return sign(activity, body);
    } catch (error) {
      if (!(error instanceof MissingKey)) throw error;
      return { timestamp: '', nonce: '', call: { url: '', headers: {}, body }, missing: error.message };
    }
  }

  /** One attempt, from its token to what follows from its verdict. */
  async function attempt(message: Message, cause: AttemptCause, given?: SignedCallback): Promise<Message[]> {
    if (stopping.aborted) throw new Stopping();
    const number = attempts.count(message.id) + 1;
    const signed: MaybeSigned = given ?? trySigning(message.activity, bodyOf(message, number));
    const { timestamp, nonce, call } = signed;
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
      signed: body,
      sent: body,
    });
    output.out(message, number, cause);
    const slow = roughness.now().isSlow(message, number);
    const outcome: Outcome = signed.missing === undefined ? await send({ ...call, slow }, stopping) : notSent;
    if (outcome.kind === 'abandoned') throw new Stopping();
    const durationMs = realNow() - sentAt;
    const judged = signed.missing === undefined ? judge(message.activity, body, outcome) : unsigned(signed.missing);
    const isOrder = message.purpose === 'ORDER';
    const verdict =
      cause === 'same-bytes'
        ? judgeReplay(judged)
        : judgeAgainstRecords(records, message, isOrder ? judged : strictly(judged));
    const followers = records.transaction(() => {
      attempts.end({ ...shared, ...answerOf(outcome), ...judgementOf(verdict), durationMs });
      if (cause === 'repeat') {
        roughness.countRepeat(message, call, verdict.succeeded ? undefined : verdict.reason);
        return [];
      }
      if (cause === 'same-bytes') return [];
      return verdict.succeeded ? succeeded(message, verdict) : failed(message, cause, verdict);
    });
    output.back(message, statusOf(outcome), verdict, durationMs);
    const isOfTheStore = cause !== 'repeat' && cause !== 'same-bytes';
    const attack = verdict.succeeded && isOfTheStore ? roughness.attackOn(message) : undefined;
    if (attack !== undefined) await roughness.attack(attack, message, call, stopping);
    return followers;
  }

  /** A success ends the repetitions, and has consequences of its own. */
  function succeeded(message: Message, verdict: Extract<Verdict, { succeeded: true }>): Message[] {
    due.cancel(String(message.id), ['RETRY', 'GIVE_UP']);
    if (message.status !== 'SUCCEEDED') roughness.planAfter(message);
    messages.setStatus(message.id, 'SUCCEEDED');
    return message.purpose === 'ORDER' ? followSuccess(parts, message, verdict) : [];
  }

  /** A failed restart by hand leaves the message and its repetitions as they were. */
  function failed(
    message: Message,
    cause: AttemptCause,
    { reason }: Extract<Verdict, { succeeded: false }>,
  ): Message[] {
    if (cause === 'restart') return [];
    const { retries = 0 } = messages.find(message.id) ?? {};
    const shared = { subject: String(message.id), lane: message.subject };
    const at = nextRetry(message.plan, retries, clock.now());
    if (at !== undefined) due.plan({ at, kind: 'RETRY', ...shared });
    messages.setStatus(message.id, at === undefined ? 'STOPPED' : 'RETRYING');
    if (message.purpose === 'ORDER') notifyOfFailure(records, message, reason, at === undefined);
    if (message.purpose === 'PROBE') noteFailedProbe(records, message, reason);
    const { failsOrderAfter } = retryPlan(message.plan);
    if (at === undefined && failsOrderAfter !== undefined) {
      due.plan({ at: Math.max(clock.now(), message.createdAt + failsOrderAfter), kind: 'GIVE_UP', ...shared });
    }
    return [];
  }

  async function sendAll(first: readonly Message[], cause: AttemptCause): Promise<void> {
    for (const message of first) {
      if (cause === 'first' && isHeld(message)) continue;
      if (!mayBeOvertaken(message)) await sendHeld(message.subject);
      await sendAll(await attempt(message, cause), 'first');
    }
  }

  /** A rough store lets the next call overtake this one. */
  function isHeld(message: Message): boolean {
    const heldFor = roughness.now().heldFor(message);
    if (heldFor === undefined) return false;
    records.transaction(() => {
      messages.setStatus(message.id, 'HELD');
      due.plan({ at: clock.now() + heldFor, kind: 'SEND', subject: String(message.id), lane: message.subject });
    });
    return true;
  }

  /** What is held back must not be overtaken by what does not commute with it. */
  async function sendHeld(subject: string): Promise<void> {
    for (const message of messages.held(subject)) {
      due.cancel(String(message.id), ['SEND']);
      await sendAll(await attempt(message, 'held'), 'first');
    }
  }

  /** The bytes of the last call that was made; its token is spent, so that a seller's server must refuse it. */
  function lastCall({ id }: Message): SignedCallback | undefined {
    const last = attempts.of(id).findLast(({ url }) => url !== '');
    if (last === undefined) return undefined;
    const { timestamp, nonce, url, sent } = last;
    return { timestamp, nonce, call: { url, headers: Headers.parse(JSON.parse(last.headers)), body: sent } };
  }

  return {
    send: sendAll,
    restart: async (message, { token, times }) => {
      const given = token === 'same' ? lastCall(message) : undefined;
      const cause = given === undefined ? 'restart' : 'same-bytes';
      const followers = await Promise.all(Array.from({ length: times }, () => attempt(message, cause, given)));
      await sendAll(followers.flat(), 'first');
    },
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

const Headers = z.record(z.string(), z.string());

/** The body of one attempt. A create carries another `businessId` in every request (创建实例), unless one was filled in. */
function bodyOf(message: Message, number: number): string {
  if (message.activity !== 'newInstance') return message.body;
  const members: Readonly<Record<string, unknown>> = { ...Object(JSON.parse(message.body)) };
  if (members['businessId'] !== '') return message.body;
  const what = message.orderId ?? `message ${message.id}`;
  const businessId = createHash('sha256').update(`${what} ${number}`).digest('hex').slice(0, 32);
  return composeBody({ ...members, businessId });
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
    answer: body === undefined ? null : keptAnswer(body),
    answerBytes: body?.length ?? null,
  };
}

function judgementOf(verdict: Verdict) {
  const { resultCode } = verdict;
  return verdict.succeeded
    ? { state: 'SUCCEEDED' as const, rule: null, reason: null, resultCode }
    : { state: 'FAILED' as const, rule: verdict.rule, reason: verdict.reason, resultCode };
}
