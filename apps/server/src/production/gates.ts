import {
  type AccessKey,
  type AuthTokenRefusal,
  bodySign,
  bodySignHeader,
  type KeyRings,
  type Reading,
  type TokenRefusal,
  verifyAuthTokenBody,
  verifyAuthTokenQuery,
  verifyKit,
} from '@koobridge/contracts';
import type { RawBody } from '@koobridge/ts-rest-koa';
import type Koa from 'koa';
import { admitWith } from './admit.ts';
import type { CallToken } from './call.ts';

/** Who may come in through an interface, and how the answer leaves. */
export interface Gate {
  readonly name: 'production' | 'kit' | 'v1';
  /** Checks the token over the exact bytes. `now` in milliseconds since the epoch. Never throws. */
  admit(raw: RawBody, ctx: Koa.Context, now: number): Admitted;
  /** Headers that go with the bytes of an answer; `keyId` is the key that signed the call, if one did. */
  readonly sign?: (body: string, keyId: string | undefined) => Record<string, string> | undefined;
  /** Whether calls bring personal data, of which only a hash is kept (R27). */
  readonly isPersonal: boolean;
}

export type Admitted =
  | ({ readonly ok: true } & CallToken)
  | {
      readonly ok: false;
      readonly refusal: TokenRefusal | AuthTokenRefusal;
      readonly member?: string;
      readonly token?: CallToken;
    };

/** The 2.0 activities: the security token in the query (R1–R7). */
export function productionGate(rings: KeyRings, readings: readonly Reading[]): Gate {
  const admit = admitWith(rings, readings);
  return {
    name: 'production',
    admit: (raw, ctx, now) => admit(ctx.querystring, raw, now),
    isPersonal: false,
  };
}

/** The one interface whose documented example repeats a member, in either generation (R5). */
const equalRepeatsAt = (path: string) => (path.endsWith('/singleOrgSync') ? { equalRepeats: ['instanceId'] } : {});

/** A body above this many bytes is sorted for somebody whose signature may be wrong only once in so many milliseconds. */
const sortedFreely = 64 * 1024;
const sortingPauseMs = 10_000;

/** The Kit of 2.0: the signature in headers, without an inner digest. */
export function kitGate(rings: KeyRings, readings: readonly Reading[]): Gate {
  const keys = named('kit', rings);
  let sortedAt = Number.NEGATIVE_INFINITY;
  /** The readings to try: sorting 16 MiB takes most of a second, and strangers may send as many as they like (R4, R8). */
  const affordable = (bytes: number): readonly Reading[] => {
    if (bytes <= sortedFreely || performance.now() - sortedAt >= sortingPauseMs) return readings;
    return readings.filter((reading) => reading === 'raw');
  };
  return {
    name: 'kit',
    admit(raw, ctx, now) {
      const request = {
        headers: { sign: header(ctx, 'x-sign'), timestamp: header(ctx, 'x-timestamp'), nonce: header(ctx, 'x-nonce') },
        body: raw.bytes,
        text: raw.text(),
        keys,
        now,
        ...equalRepeatsAt(ctx.path),
      };
      const tried = affordable(raw.bytes.length);
      const verification = verifyKit({ ...request, readings: tried });
      const hasSorted = tried.includes('sorted') && raw.bytes.length > sortedFreely;
      if (hasSorted && !verification.ok && verification.refusal === 'signature-wrong') sortedAt = performance.now();
      return verification;
    },
    isPersonal: true,
  };
}

/** The retired V1: `authToken` in the query, or for its Kit in a header; every answer is signed (R25). */
export function v1Gate(rings: KeyRings, windowMs: number): Gate {
  const keys = named('v1', rings);
  const secretOf = v1Secret(rings);
  return {
    name: 'v1',
    admit: (raw, ctx, now) =>
      ctx.method === 'POST'
        ? verifyAuthTokenBody({
            authToken: header(ctx, 'authtoken'),
            body: raw.bytes,
            text: raw.text(),
            keys,
            now,
            windowMs,
            ...equalRepeatsAt(ctx.path),
          })
        : verifyAuthTokenQuery({ query: ctx.querystring, keys, now, windowMs }),
    sign(body, keyId) {
      const secret = secretOf(keyId);
      return secret === undefined ? undefined : { [bodySignHeader]: bodySign(secret, body) };
    },
    isPersonal: true,
  };
}

/** The secret of a v1 key by its `class/id`, or of the ring's first key where none signed. */
export const v1Secret =
  (rings: KeyRings) =>
  (keyId: string | undefined): string | undefined =>
    (rings.v1.find(({ id }) => `v1/${id}` === keyId) ?? rings.v1[0])?.secret;

const named = (keyClass: 'kit' | 'v1', rings: KeyRings): AccessKey[] =>
  rings[keyClass].map(({ id, secret }) => ({ id: `${keyClass}/${id}`, secret }));

function header(ctx: Koa.Context, name: string): string | undefined {
  const value = ctx.req.headers[name];
  return typeof value === 'string' ? value : undefined;
}
