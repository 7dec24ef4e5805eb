import { createHmac } from 'node:crypto';
import type { AccessKey, AuthTokenRefusal, KeyClass, KeyRings } from '@koobridge/contracts';
import {
  encryptAccount,
  findDuplicateMember,
  mockOrderIds,
  readStoreTime,
  sortMembers,
  storeTimeInUtc,
} from '@koobridge/contracts';

/**
 * A seller's server as a row of named steps, each done as the rulings have it. A mutant replaces one of them; that is
 * why they are as small as what a case looks at.
 */

export interface Incoming {
  readonly method: string;
  /** Below the production address. */
  readonly subPath: string;
  readonly query: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface Token {
  readonly signature: readonly string[];
  readonly timestamp: readonly string[];
  readonly nonce: readonly string[];
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Json = Readonly<Record<string, unknown>>;

/** An answer before it is written. */
export interface Outcome {
  readonly code: string;
  readonly message?: string;
  readonly more?: Json;
}

export interface Life {
  readonly status: 'ACTIVE' | 'FROZEN' | 'RELEASED';
  readonly expiresAt: number | null;
  readonly renewed: boolean;
  /** The token timestamp of the last status change. */
  readonly statusAt: number;
}

export interface AppliedLine {
  readonly subject: string;
  readonly expireTime: unknown;
}

export type Formula = (key: string, nonce: string, timestamp: string, payload: Uint8Array) => string;

export const hmac = (key: string, message: string | Uint8Array): string =>
  createHmac('sha256', key).update(message).digest('hex');

export const newLife: Life = { status: 'ACTIVE', expiresAt: null, renewed: false, statusAt: 0 };

export interface Steps {
  /** Bytes of a body that are read; `undefined` reads on. */
  readonly longestBody: number | undefined;
  /** When a body is taken for complete. */
  readonly reads: 'whole' | 'first-packet' | 'until-it-parses';
  readonly chunkedBodies: boolean;
  readonly takesMethod: (method: string) => boolean;
  readonly takesType: (type: string | undefined) => boolean;
  readonly takesEncoding: (encoding: string | undefined) => boolean;
  readonly takesQuery: (query: string) => boolean;
  readonly carriedInQuery: (query: string) => Token;
  readonly wellFormed: (token: Token) => boolean;
  /** Which of the values given counts. */
  readonly pick: (values: readonly string[]) => string;
  readonly isFresh: (timestamp: string, now: number) => boolean;
  readonly keysFor: (keys: KeyRings, keyClass: KeyClass | undefined) => readonly AccessKey[];
  readonly formulas: (documented: Formula) => readonly Formula[];
  readonly isEqual: (given: string, computed: string, key: AccessKey) => boolean;
  readonly payloads: (body: Buffer) => readonly Uint8Array[];
  /** What a nonce is remembered as; `undefined` remembers nothing. */
  readonly nonceIdentity: (key: AccessKey, nonce: string, timestamp: string, body: Buffer) => string | undefined;
  /** Milliseconds between look-up and insert. */
  readonly nonceGap: number;
  readonly burnsUnverified: boolean;
  readonly decode: (body: Buffer) => string | undefined;
  readonly parse: (text: string) => Json | undefined;
  readonly findRepeated: (text: string) => string | undefined;
  readonly activityOf: (json: Json) => unknown;
  /** A fault that the schema found in a member, or not to be minded. */
  readonly minds: (activity: string, member: string, json: Json) => boolean;
  /** What an answer says of a fault in a member. */
  readonly tells: (activity: string, fault: string) => string;
  /** Refuses what the schema lets in. */
  readonly alsoRefuses: (activity: string, json: Json) => string | undefined;
  readonly flagOf: (json: Json) => unknown;
  readonly isDebugging: (json: Json) => boolean;
  readonly checksDebuggingToken: boolean;
  readonly checksDebuggingSchema: boolean;
  /** Whether a debugging call takes effect. */
  readonly debuggingTouches: (activity: string) => boolean;
  /** Milliseconds between look-up and insert of an order line. */
  readonly lineGap: number;
  readonly lineKey: (activity: string, json: Json) => string;
  readonly repeat: (applied: AppliedLine, subject: string, json: Json, life: Life | undefined) => Outcome;
  readonly remembersRefusals: boolean;
  readonly knows: (kind: 'licenses' | 'instances', life: Life | undefined) => Life | undefined;
  readonly refresh: (life: Life, scene: string, expiresAt: number) => Life | Outcome;
  readonly changeStatus: (life: Life, status: string, timestamp: number) => Life | Outcome;
  readonly release: (life: Life) => Life | Outcome;
  readonly expiryOf: (expireTime: string) => number;
  readonly newInstanceId: (json: Json) => string;
  /** Acts before the token is checked. */
  readonly actsFirst: boolean;
  /** Whether a call of V1 is turned away that should be. */
  readonly v1Refuses: (refusal: AuthTokenRefusal, incoming: Incoming) => boolean;
  readonly v1WindowMs: number;
  readonly v1Remembers: boolean;
  /** The header that carries the signature of an answer of V1, which may refuse a token, or something else. */
  readonly v1Signs: (signature: string, refused: boolean, body: string) => Readonly<Record<string, string>> | undefined;
  /** An account as an answer of V1 holds it. */
  readonly v1Account: (text: string, key: string) => string;
  /** What a renewal of V1 does to the status. */
  readonly v1Unfreezes: (life: Life) => Life;
  /** What is still there after a restart. */
  readonly survives: (what: 'nonces' | 'lines' | 'lives') => boolean;
  /** What is logged of a call. */
  readonly logs: (context: Context) => string;
  readonly afterwards: (reply: Reply, context: Context) => Reply | Promise<Reply>;
}

/** What the last step may look at. */
export interface Context {
  readonly incoming: Incoming;
  /** It speaks V1, whose answers are signed. */
  readonly v1: boolean;
  readonly keys: KeyRings;
  readonly json: Json | undefined;
  readonly activity: string | undefined;
  /** What was refused for its token, and the signature that would have been right. */
  readonly refusedToken: boolean;
  readonly rightSignature: string;
}

export const success: Outcome = { code: '000000', message: 'success.' };
export const notFound: Outcome = { code: '000003', message: 'not found' };
export const illegal = (message: string): Outcome => ({ code: '000002', message });

const either = (one: number | null, other: number, choose: (a: number, b: number) => number): number =>
  one === null ? other : choose(one, other);

export const faithful: Steps = {
  longestBody: 1024 * 1024,
  reads: 'whole',
  chunkedBodies: true,
  takesMethod: (method) => method === 'POST',
  takesType: () => true,
  takesEncoding: (encoding) => encoding === undefined || encoding === 'identity',
  takesQuery: () => true,
  carriedInQuery(query) {
    const of = (name: string) =>
      query
        .split('&')
        .filter((pair) => pair.split('=')[0] === name)
        .map((pair) => decodeURIComponent(pair.slice(name.length + 1)));
    return { signature: of('signature'), timestamp: of('timestamp'), nonce: of('nonce') };
  },
  wellFormed: ({ signature: [signature = '', ...s], timestamp: [timestamp = '', ...t], nonce: [nonce = '', ...n] }) =>
    s.length + t.length + n.length === 0 &&
    /^[0-9a-f]{64}$/i.test(signature) &&
    /^[0-9]{13}$/.test(timestamp) &&
    /^[\x21-\x7e]{1,128}$/.test(nonce),
  pick: (values) => values[0] ?? '',
  isFresh: (timestamp, now) => Math.abs(now - Number(timestamp)) <= 60_000,
  keysFor: (keys, keyClass) => (keyClass === undefined ? Object.values(keys).flat() : keys[keyClass]),
  formulas: (documented) => [documented],
  isEqual: (given, computed) => given.toLowerCase() === computed.toLowerCase(),
  payloads(body) {
    const sorted = sortMembers(body.toString('utf8'));
    return sorted === undefined ? [body] : [body, Buffer.from(sorted)];
  },
  nonceIdentity: (key, nonce) => `${key.id} ${key.secret} ${nonce}`,
  nonceGap: 0,
  burnsUnverified: false,
  decode(body) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    } catch {
      return undefined;
    }
  },
  parse(text) {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined; // an object, as just seen
    } catch {
      return undefined;
    }
  },
  findRepeated: (text) => findDuplicateMember(text),
  activityOf: (json) => json['activity'],
  minds: () => true,
  tells: (_activity, fault) => fault,
  alsoRefuses: () => undefined,
  flagOf: (json) => json['testFlag'],
  isDebugging: (json) =>
    json['testFlag'] === '1' || json['testFlag'] === 1 || mockOrderIds.includes(String(json['orderId'])),
  checksDebuggingToken: true,
  checksDebuggingSchema: true,
  debuggingTouches: () => false,
  lineGap: 0,
  lineKey: (activity, { scene, orderId, orderLineId, eventId }) =>
    [activity, scene, orderId, orderLineId, eventId].join(' '),
  repeat: (applied, subject, json) =>
    applied.subject !== subject
      ? illegal(`${'license' in json ? 'license' : 'instanceId'} differs`)
      : applied.expireTime !== json['expireTime']
        ? illegal('expireTime differs')
        : success,
  remembersRefusals: false,
  knows: (kind, life) => life ?? (kind === 'licenses' ? newLife : undefined),
  refresh(life, scene, expiresAt) {
    if (life.status === 'RELEASED') return notFound;
    if (scene === 'UNSUBSCRIBE_RENEWAL_PERIOD')
      return { ...life, expiresAt: either(life.expiresAt, expiresAt, Math.min) };
    if (scene === 'TRIAL_TO_FORMAL') return life.renewed ? life : { ...life, expiresAt };
    return { ...life, renewed: true, expiresAt: either(life.expiresAt, expiresAt, Math.max) };
  },
  changeStatus(life, status, timestamp) {
    if (life.status === 'RELEASED') return status.startsWith('UN') ? notFound : success;
    if (timestamp < life.statusAt) return success;
    return { ...life, status: status.startsWith('UN') ? 'ACTIVE' : 'FROZEN', statusAt: timestamp };
  },
  release: (life) => ({ ...life, status: 'RELEASED' }),
  expiryOf(expireTime) {
    const time = readStoreTime(expireTime);
    return time === undefined ? Number.NaN : storeTimeInUtc(time);
  },
  newInstanceId: ({ orderId, orderLineId }) => `ins-${hmac('instance', `${orderId} ${orderLineId}`).slice(0, 32)}`,
  actsFirst: false,
  v1Refuses: () => true,
  v1WindowMs: 600_000,
  v1Remembers: true,
  v1Signs: (signature) => ({ 'Body-Sign': signature }),
  v1Account: (text, key) => encryptAccount(text, key, { bits: 256 }),
  v1Unfreezes: (life) => ({ ...life, status: 'ACTIVE' }),
  survives: () => true,
  logs: ({ activity }) => activity ?? 'a call',
  afterwards: (reply) => reply,
};
