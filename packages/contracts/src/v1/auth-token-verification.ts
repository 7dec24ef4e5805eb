import { timingSafeEqual } from 'node:crypto';
import { readStoreTime, storeTimeInUtc } from '../store-time.ts';
import { base64Digest } from '../token/form.ts';
import type { AccessKey } from '../token/key-ring.ts';
import { authTokenDigest } from './auth-token.ts';
import type { AuthTokenRefusal } from './auth-token-refusal.ts';

/** A `timeStamp` is valid this many milliseconds to either side of now, inclusive, unless a setting says otherwise (R25). */
export const v1Window = 600_000;

/** How the parameters were read: a query whose plus signs stand for themselves or for blanks, or the members of a body. */
export type AuthTokenReading = 'percent' | 'form' | 'members';

/** What an authToken is checked against, besides the request that it signs. */
export interface AuthTokenToVerify {
  /** Every key that may have signed; all of them are tried. */
  readonly keys: readonly AccessKey[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Milliseconds; `v1Window` unless given. */
  readonly windowMs?: number;
}

/** An authToken that a key of the ring signed. */
export interface VerifiedAuthToken<R extends AuthTokenReading = AuthTokenReading> {
  /** The `id` of the key that signed. */
  readonly keyId: string;
  /** The reading that verified; `percent` where `form` does as well. */
  readonly reading: R;
  /** The authToken itself, which is accepted once (R25); each has one spelling only. */
  readonly nonce: string;
  /** The `timeStamp` in milliseconds since the epoch. */
  readonly timestamp: number;
}

export interface RefusedAuthToken<R extends AuthTokenRefusal> {
  readonly ok: false;
  readonly refusal: R;
}

/** What can be wrong with a token and its time before a signature is computed. */
type ClaimRefusal = Extract<
  AuthTokenRefusal,
  `auth-token-${'missing' | 'malformed'}` | `time-stamp-${'missing' | 'malformed' | 'stale' | 'ahead'}`
>;

/** The signed time in milliseconds since the epoch. `offset` is what the zone of `timeStamp` is ahead of UTC, in milliseconds. */
export function readClaim(
  authToken: string,
  timeStamp: string,
  offset: number,
  { now, windowMs = v1Window }: AuthTokenToVerify,
): { readonly ok: true; readonly timestamp: number } | RefusedAuthToken<ClaimRefusal> {
  if (authToken === '') return { ok: false, refusal: 'auth-token-missing' };
  if (timeStamp === '') return { ok: false, refusal: 'time-stamp-missing' };
  if (!base64Digest.test(authToken)) return { ok: false, refusal: 'auth-token-malformed' };
  const time = readStoreTime(timeStamp);
  if (time === undefined) return { ok: false, refusal: 'time-stamp-malformed' };
  const timestamp = storeTimeInUtc(time) - offset;
  // Negated, so that a clock or window that is no number refuses everything.
  if (!(now - timestamp <= windowMs)) return { ok: false, refusal: 'time-stamp-stale' };
  if (!(timestamp - now <= windowMs)) return { ok: false, refusal: 'time-stamp-ahead' };
  return { ok: true, timestamp };
}

/** The id of the key that gives the token; every key is tried, in constant time. */
export function findAuthTokenKey(
  authToken: string,
  signed: ReadonlyMap<string, string>,
  keys: readonly AccessKey[],
): string | undefined {
  const received = Buffer.from(authToken, 'base64');
  let keyId: string | undefined;
  for (const key of keys) if (timingSafeEqual(authTokenDigest(key.secret, signed), received)) keyId = key.id;
  return keyId;
}
