import { createHash } from 'node:crypto';
import {
  isKitActivityName,
  type KitActivityName,
  type KitRequest,
  kitFlag,
  productionContractAt,
  type Result,
  result,
  resultCode,
} from '@koobridge/contracts';
import {
  type Admission,
  type Handlers,
  type Limits,
  type Options,
  type RawBody,
  type Refusal,
  serve,
} from '@koobridge/ts-rest-koa';
import type Koa from 'koa';
import type { Answered, Receipt } from '../ledger/receipts.ts';
import type { Call, CallbackObserver } from '../observe/callbacks.ts';
import type { Timing } from '../timing.ts';
import { debuggingAnswer, type RoomAnswer, type WireAnswer, wireAnswer } from './answers.ts';
import {
  activityOf,
  type CallToken,
  isDebugging,
  type KitStoreCall,
  type StoreCall,
  saysDebugging,
  subjectIn,
} from './call.ts';
import { within } from './deadline.ts';
import type { Gate } from './gates.ts';
import { limitLargeBodies } from './large-bodies.ts';
import { outsideContract } from './outside-contract.ts';
import { type NotAdmitted, refusalResult } from './refuse.ts';
import { charge, pace, slowRefusals, vouchFor } from './slow-refusals.ts';
import { turns } from './turns.ts';

const mebibyte = 1024 * 1024;
/** Documented bodies are shorter than this, those of the Kit aside. */
const usualBytes = 16 * 1024;
/** Longer ones, of up to 1 MiB, that are read at a time: however many connections there are, memory stays bounded. */
const mostLongBodies = 32;
/** Bodies of the Kit above 1 MiB, of up to 16, that are read at a time. */
const mostLargeBodies = 16;

/** At which a large body of the Kit may arrive: 16 MiB in 12.8 s. Smaller ones than 5 MiB have the usual time. */
const leastBytesPerSecond = 1.25 * mebibyte;
/** When a large body was there, on the clock of `performance.now()`. */
const arrivals = new WeakMap<Koa.Context, number>();

/** What the door needs of the house behind it. */
export interface House {
  /** Takes the call's nonce, carries out its command and resolves once both are on disk (R20). */
  apply(receipt: Receipt, call: StoreCall, token: CallToken): Promise<Answered>;
  /** Takes the nonce of a call that changes nothing, and keeps its receipt. */
  keep(receipt: Receipt, answer: Result): Promise<Answered>;
}

export interface Door {
  readonly path: string;
  readonly gates: {
    readonly production: Gate;
    readonly kit: Gate;
    /** Absent where V1 is switched off (R25). */
    readonly v1: Gate | undefined;
  };
  readonly house: House;
  /** The v1 key by its `class/id`, which encrypts the accounts in V1 answers. */
  readonly v1Secret: (keyId: string) => string | undefined;
  /** Opens the secret that an `applicationSync` brings; a result says what went wrong (R26). */
  readonly openSecret: (request: KitRequest<'applicationSync'>) => KitRequest<'applicationSync'> | Result;
  readonly observe: CallbackObserver;
  readonly timing: Pick<Timing, 'answerMs' | 'bodyMs'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Puts the production address on the application: untrusted requests in, exactly one documented answer out (R8, R9). */
export function openDoor(app: Koa, door: Door): void {
  const { production, kit, v1, v1Kit } = productionContractAt(door.path);
  const limits: Limits = { bytes: mebibyte, drainBytes: 8 * mebibyte, deadlineMs: door.timing.bodyMs };
  const turn = turns();
  const options = (gate: Gate, bytes = limits.bytes): Options<CallToken, NotAdmitted> => ({
    limits: { ...limits, bytes, leastBytesPerSecond },
    admit: (raw, { ctx }) => {
      if (raw.bytes.length > limits.bytes) arrivals.set(ctx, performance.now());
      const admitNow = (): Admission<CallToken, NotAdmitted> => {
        const begun = performance.now();
        const admission = gate.admit(raw, ctx, door.now());
        if (admission.ok || admission.token !== undefined) vouchFor(ctx);
        else charge(ctx, performance.now() - begun);
        return admission.ok ? { admitted: true, value: admission } : { admitted: false, reason: { ...admission, raw } };
      };
      return raw.bytes.length > usualBytes ? turn().then(admitNow) : admitNow();
    },
    refuse: (refusal, { ctx, receivedAt }) => refuse({ door, gate, ctx, receivedAt }, refusal),
  });
  const { gates } = door;
  const kitPaths = new Set([...Object.values(kit), ...Object.values(v1Kit)].map(({ path }) => path));
  const isAbout = (path: string): boolean => kitPaths.has(path);
  const isOurs = (path: string): boolean => path === door.path || path.startsWith(`${door.path}/`);
  const strangers = pace();
  const isFlooded = (): boolean => strangers.isFlooded(performance.now());
  app.use(slowRefusals(isOurs, strangers));
  app.use(
    limitLargeBodies({ bytes: usualBytes, most: mostLongBodies, isFlooded, isAbout: isOurs, sign: gates.v1?.sign }),
  );
  app.use(limitLargeBodies({ bytes: limits.bytes, most: mostLargeBodies, isFlooded, isAbout, sign: gates.v1?.sign }));

  const productionHandler: Handlers<{ production: typeof production }, CallToken> = {
    production: ({ body, raw, admitted, ctx, receivedAt }) =>
      attend(
        { door, gate: gates.production, ctx, receivedAt },
        { through: 'production', request: body },
        raw,
        admitted,
      ),
  };
  app.use(serve({ production }, productionHandler, options(gates.production)).routes());
  app.use(serve(kit, kitHandlers(door, gates.kit), options(gates.kit, 16 * mebibyte)).routes());

  if (gates.v1 !== undefined) {
    const gate = gates.v1;
    // A plus sign in the query means what the signature says it means, so the schema gets the parameters as verified.
    const { query: schema, ...route } = v1;
    const handler: Handlers<{ v1: typeof route }, CallToken> = {
      v1: async ({ raw, admitted, ctx, receivedAt }) => {
        const visit = { door, gate, ctx, receivedAt };
        const parsed = schema.safeParse(admitted.parameters ?? {});
        if (parsed.success) return attend(visit, { through: 'v1', request: parsed.data }, raw, admitted);
        return refuse(visit, { kind: 'schema', part: 'query', issues: parsed.error.issues, raw, admitted });
      },
    };
    app.use(serve({ v1: route }, handler, options(gate)).routes());
    app.use(serve(v1Kit, kitHandlers(door, gate), options(gate, 16 * mebibyte)).routes());
  }
  app.use(outsideContract(door.path, limits, door.observe, gates.v1?.sign));
}

/** Both generations of the Kit read alike, so they are handled alike. */
function kitHandlers(door: Door, gate: Gate): KitHandlers {
  const handler =
    <Name extends KitActivityName>(name: Name) =>
    ({ body, raw, admitted, ctx, receivedAt }: KitArguments<Name>): Promise<Reply> =>
      // The route's name and its body belong together, which the union cannot be shown.
      attend({ door, gate, ctx, receivedAt }, { through: 'kit', name, request: body } as KitStoreCall, raw, admitted);
  return {
    tenantSync: handler('tenantSync'),
    applicationSync: handler('applicationSync'),
    authSync: handler('authSync'),
    singleOrgSync: handler('singleOrgSync'),
    allOrgSync: handler('allOrgSync'),
  };
}

type KitHandlers = { readonly [Name in KitActivityName]: (call: KitArguments<Name>) => Promise<Reply> };

interface KitArguments<Name extends KitActivityName> {
  readonly body: KitRequest<Name>;
  readonly raw: RawBody;
  readonly admitted: CallToken;
  readonly ctx: Koa.Context;
  readonly receivedAt: number;
}

/** One request on its way. */
interface Visit {
  readonly door: Door;
  readonly gate: Gate;
  readonly ctx: Koa.Context;
  /** `performance.now()` when the request came in. */
  readonly receivedAt: number;
}

interface Reply {
  readonly status: 200;
  readonly body: WireAnswer;
  readonly headers?: Record<string, string>;
}

/** A checked call: carried out, or answered plainly when it is only a test (R12). */
async function attend(visit: Visit, call: StoreCall, raw: RawBody, token: CallToken): Promise<Reply> {
  const { door } = visit;
  const activity = activityOf(call);
  const receipt = receiptOf(visit, raw, token);
  const opened = isDebugging(call) ? call : withOpenedSecret(door, call);
  const wire = (answer: RoomAnswer) =>
    wireAnswer(call, answer, door.v1Secret(token.keyId), (member) =>
      door.observe.leftOut({ activity, subject: subjectIn(call.request) }, member),
    );
  const work =
    'resultCode' in opened
      ? door.house.keep(receipt, opened)
      : isDebugging(call)
        ? door.house.keep(receipt, debuggingAnswer(call))
        : door.house.apply(receipt, opened, token);
  const debugging = isDebugging(call);
  const told = { activity, subject: subjectIn(call.request), ...(debugging && { debugging }) };
  return reply(visit, wire(await inTime(visit, told, work)), token.keyId);
}

/** The secret of an `applicationSync` is opened once its signature was verified, and not to be deleted (R26). */
function withOpenedSecret(door: Door, call: StoreCall): StoreCall | Result {
  if (call.through !== 'kit' || call.name !== 'applicationSync' || call.request.flag === kitFlag.delete) return call;
  const request = door.openSecret(call.request);
  return 'resultCode' in request ? request : { ...call, request };
}

async function refuse(visit: Visit, refusal: Refusal<CallToken, NotAdmitted>): Promise<Reply> {
  const { door, receivedAt } = visit;
  const answer = refusalResult(refusal, visit.gate.name);
  const reason = refusal.kind === 'not-admitted' ? refusal.reason.refusal : refusal.kind;
  const sent = sentByTheStore(refusal);
  if (sent !== undefined) {
    const receipt = receiptOf(visit, sent.raw, sent.token);
    const { activity, subject } = receipt;
    const debugging = saysDebugging(membersIn(sent.raw, sent.token));
    const told = { activity, subject, reason, ...(debugging && { debugging }) };
    const kept = await inTime(visit, told, door.house.keep(receipt, answer));
    return reply(visit, result(kept.resultCode, kept.resultMsg), sent.token.keyId);
  }
  const failed = refusal.kind === 'failed' && { error: refusal.error };
  door.observe.answered({ reason, answer, seconds: secondsSince(receivedAt), ...failed });
  return reply(visit, answer, undefined);
}

/** An answer as it leaves; a gate may sign its bytes, which are those that JSON.stringify gives. */
function reply({ gate }: Visit, body: WireAnswer, keyId: string | undefined): Reply {
  const headers = gate.sign?.(JSON.stringify(body), keyId);
  return headers === undefined ? { status: 200, body } : { status: 200, body, headers };
}

/** A refused request that the store did send, so that its nonce is used up all the same (R3). */
function sentByTheStore(refusal: Refusal<CallToken, NotAdmitted>): { raw: RawBody; token: CallToken } | undefined {
  switch (refusal.kind) {
    case 'schema':
    case 'body-unreadable':
      return { raw: refusal.raw, token: refusal.admitted };
    case 'not-admitted': {
      const { token, raw } = refusal.reason;
      return token === undefined ? undefined : { token, raw };
    }
    default:
      return undefined;
  }
}

/** Waits for the ledger, and for what had to be found out before, as long as the store waits for us (R9). */
async function inTime({ door, ctx, receivedAt }: Visit, call: Call, work: Promise<Answered>): Promise<RoomAnswer> {
  // A large body takes its time to arrive, which must not be taken from the time to carry it out.
  const left = Math.max(0, door.timing.answerMs - (performance.now() - (arrivals.get(ctx) ?? receivedAt)));
  const failed: { error?: unknown } = {};
  const { answer, conflict, line, reason } = await within(left, work, () => tooLate).catch((error: unknown) => {
    failed.error = error;
    return broken;
  });
  const why = reason === undefined ? call : { ...call, reason };
  door.observe.answered({ ...why, answer, conflict, line, seconds: secondsSince(receivedAt), ...failed });
  return answer;
}

const tooLate: Answered = {
  answer: result(resultCode.internalError, 'The ledger did not answer in time; please repeat.'),
};
const broken: Answered = { answer: result(resultCode.internalError) };

const secondsSince = (receivedAt: number): number => (performance.now() - receivedAt) / 1000;

function receiptOf({ gate, door, ctx, receivedAt }: Visit, raw: RawBody, token: CallToken): Receipt {
  const { keyId, reading, nonce } = token;
  const elapsed = (): number => Math.round(secondsSince(receivedAt) * 1e6);
  const received = ctx.method === 'POST' ? raw.bytes : Buffer.from(ctx.querystring);
  const body = gate.isPersonal ? createHash('sha256').update(received).digest() : received;
  return {
    receivedAt: door.now(),
    ...namesIn(ctx, raw, token),
    keyId,
    reading,
    nonce,
    body,
    hashed: gate.isPersonal,
    elapsed,
  };
}

/** The members of a verified call as far as they can be read. */
function membersIn(raw: RawBody, token: CallToken): object {
  const json = token.parameters === undefined ? raw.json() : undefined;
  return token.parameters ?? (json?.ok && typeof json.value === 'object' && json.value !== null ? json.value : {});
}

/** What a call says it is about, whether or not it keeps to the contract. The Kit's path tells its activity. */
function namesIn(ctx: Koa.Context, raw: RawBody, token: CallToken): Pick<Receipt, 'activity' | 'subject'> {
  const body = membersIn(raw, token);
  const named: unknown = 'activity' in body ? body.activity : undefined;
  const last = ctx.path.slice(ctx.path.lastIndexOf('/') + 1);
  const activity = isKitActivityName(last) ? last : typeof named === 'string' ? named.slice(0, 64) : null;
  return { activity, subject: subjectIn(body) };
}
