import {
  type ActivityRequest,
  productionContractAt,
  type Result,
  result,
  resultCode,
  type VerifiedToken,
} from '@koobridge/contracts';
import { type Handlers, type Options, type RawBody, type Refusal, serve } from '@koobridge/ts-rest-koa';
import type Koa from 'koa';
import type { Answered, Receipt } from '../ledger/receipts.ts';
import type { Call, CallbackObserver } from '../observe/callbacks.ts';
import type { Timing } from '../timing.ts';
import type { Admit } from './admit.ts';
import { within } from './deadline.ts';
import { isDebugging } from './debugging.ts';
import { outsideContract } from './outside-contract.ts';
import { type NotAdmitted, refusalResult } from './refuse.ts';

const mebibyte = 1024 * 1024;

/** What the door needs of the house behind it. */
export interface Rooms {
  /** Takes the callback's nonce, carries out its command and resolves once both are on disk (R20). */
  apply(receipt: Receipt, request: ActivityRequest, tokenTimestamp: number): Promise<Answered>;
  /** Takes the nonce of a callback that changes nothing, and keeps its receipt. */
  keep(receipt: Receipt, answer: Result): Promise<Answered>;
}

export interface Door {
  readonly path: string;
  readonly admit: Admit;
  readonly rooms: Rooms;
  readonly observe: CallbackObserver;
  readonly timing: Pick<Timing, 'answerMs' | 'bodyMs'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Puts the production address on the application: untrusted requests in, exactly one documented answer out (R8, R9). */
export function openDoor(app: Koa, door: Door): void {
  const limits = { bytes: mebibyte, drainBytes: 8 * mebibyte, deadlineMs: door.timing.bodyMs };
  const options: Options<VerifiedToken, NotAdmitted> = {
    limits,
    admit: (raw, { ctx }) => {
      const admission = door.admit(ctx.querystring, raw, door.now());
      return admission.ok ? { admitted: true, value: admission } : { admitted: false, reason: { ...admission, raw } };
    },
    refuse: async (refusal, { receivedAt }) => ({ status: 200, body: await refuse(door, refusal, receivedAt) }),
  };
  const handlers: Handlers<ReturnType<typeof productionContractAt>, VerifiedToken> = {
    production: async ({ body, raw, admitted, receivedAt }) => {
      const receipt = receiptOf(raw, admitted, receivedAt, door.now());
      const work = isDebugging(body)
        ? door.rooms.keep(receipt, result(resultCode.success))
        : door.rooms.apply(receipt, body, admitted.timestamp);
      const call = { activity: body.activity, subject: body.license };
      return { status: 200, body: await inTime(door, call, receivedAt, work) };
    },
  };
  app.use(serve(productionContractAt(door.path), handlers, options).routes());
  app.use(outsideContract(door.path, limits, door.observe));
}

async function refuse(door: Door, refusal: Refusal<VerifiedToken, NotAdmitted>, receivedAt: number): Promise<Result> {
  const answer = refusalResult(refusal);
  const reason = refusal.kind === 'not-admitted' ? refusal.reason.refusal : refusal.kind;
  const sent = sentByTheStore(refusal);
  if (sent !== undefined) {
    const receipt = receiptOf(sent.raw, sent.token, receivedAt, door.now());
    const { activity, subject } = receipt;
    return inTime(door, { activity, subject, reason }, receivedAt, door.rooms.keep(receipt, answer));
  }
  if (refusal.kind === 'failed') door.observe.failed(refusal.error);
  door.observe.answered({ reason, answer, seconds: secondsSince(receivedAt) });
  return answer;
}

/** A refused request that the store did send, so that its nonce is used up all the same (R3). */
function sentByTheStore(
  refusal: Refusal<VerifiedToken, NotAdmitted>,
): { raw: RawBody; token: VerifiedToken } | undefined {
  switch (refusal.kind) {
    case 'schema':
    case 'body-unreadable':
      return { raw: refusal.raw, token: refusal.admitted };
    case 'not-admitted':
      return refusal.reason.refusal === 'member-repeated' ? refusal.reason : undefined;
    default:
      return undefined;
  }
}

/** Waits for the ledger as long as the store waits for us (R9). */
async function inTime(door: Door, call: Call, receivedAt: number, work: Promise<Answered>): Promise<Result> {
  const left = door.timing.answerMs - (performance.now() - receivedAt);
  const { answer, conflict, reason } = await within(left, work, () => tooLate).catch((error: unknown) => {
    door.observe.failed(error);
    return broken;
  });
  const why = reason === undefined ? call : { ...call, reason };
  door.observe.answered({ ...why, answer, conflict, seconds: secondsSince(receivedAt) });
  return answer;
}

const tooLate: Answered = {
  answer: result(resultCode.internalError, 'The ledger did not answer in time; please repeat.'),
};
const broken: Answered = { answer: result(resultCode.internalError) };

const secondsSince = (receivedAt: number): number => (performance.now() - receivedAt) / 1000;

function receiptOf(raw: RawBody, { keyId, reading, nonce }: VerifiedToken, receivedAt: number, now: number): Receipt {
  const elapsed = (): number => Math.round(secondsSince(receivedAt) * 1e6);
  return { receivedAt: now, ...namesIn(raw), keyId, reading, nonce, body: raw.bytes, elapsed };
}

/** What a body says it is about, whether or not it keeps to the contract. */
function namesIn(raw: RawBody): { activity: string | null; subject: string | null } {
  const json = raw.json();
  const body = json.ok && typeof json.value === 'object' && json.value !== null ? json.value : {};
  const name = (member: unknown): string | null => (typeof member === 'string' ? member.slice(0, 64) : null);
  return {
    activity: name('activity' in body ? body.activity : null),
    subject: name('license' in body ? body.license : null),
  };
}
