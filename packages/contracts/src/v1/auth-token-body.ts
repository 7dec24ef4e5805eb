import { findDuplicateMember } from '../json/duplicate-member.ts';
import { isJson } from '../json/sort-members.ts';
import { decodeUtf8 } from '../utf8.ts';
import { signAuthToken } from './auth-token.ts';
import { memberParameters, signedParameters } from './auth-token-parameters.ts';
import type { AuthTokenRefusal } from './auth-token-refusal.ts';
import {
  type AuthTokenToVerify,
  findAuthTokenKey,
  type RefusedAuthToken,
  readClaim,
  type VerifiedAuthToken,
} from './auth-token-verification.ts';

/**
 * Signs the body of a Kit call of V1 (page `accessg-marketplace/zh-cn_topic_0070649135`) for its header `authToken`. The
 * body holds the `timeStamp`, in UTC+8. Throws a TypeError for a body that is no JSON object of at most 1,000 members.
 */
export function signAuthTokenBody(key: string, body: string): string {
  const reading = memberParameters(body);
  if (!reading.ok || !isJson(body)) throw new TypeError('the body is no JSON object of at most 1,000 members');
  return signAuthToken(key, reading.parameters);
}

export interface AuthTokenBodyToVerify extends AuthTokenToVerify {
  /** The header `authToken` as received, with or without double quotes around it. */
  readonly authToken: string | undefined;
  /** The body, exactly as received. */
  readonly body: Uint8Array;
  /** The body as strict UTF-8, where the caller has decoded it already. */
  readonly text?: string | undefined;
  /** Members of the outermost object that may occur again with an equal value (R5). */
  readonly equalRepeats?: readonly string[];
}

export type AuthTokenBodyVerification =
  | ({ readonly ok: true } & VerifiedAuthToken<'members'>)
  /** The token is good, and used up, but the body names a member twice (R5). */
  | (RefusedAuthToken<'member-repeated'> & { readonly member: string; readonly token: VerifiedAuthToken<'members'> })
  | RefusedAuthToken<
      Exclude<
        AuthTokenRefusal,
        'parameter-repeated' | 'parameter-malformed' | 'member-repeated' | 'auth-token-replayed'
      >
    >;

/** The Kit's `timeStamp` is in the time of Beijing, milliseconds ahead of UTC. */
const kitZone = 8 * 3_600_000;

/**
 * Checks the `authToken` of a Kit call of V1 against its body (R25), whose `timeStamp` is in UTC+8. It signs the values,
 * not the bytes: white space, escapes and the order of the members may change. Whether the token was used before is for
 * the caller to decide. Never throws, whatever bytes it gets, and compares in constant time over every key.
 */
export function verifyAuthTokenBody(request: AuthTokenBodyToVerify): AuthTokenBodyVerification {
  const nonce = request.authToken?.replace(/^"(.*)"$/, '$1') ?? '';
  if (nonce === '') return { ok: false, refusal: 'auth-token-missing' };
  const text = request.text ?? decodeUtf8(request.body);
  const read = text === undefined ? undefined : memberParameters(text);
  if (text === undefined || read === undefined) return { ok: false, refusal: 'body-unreadable' };
  if (!read.ok) return read;
  const signed = signedParameters(read.parameters);
  const claim = readClaim(nonce, signed.get('timeStamp') ?? '', kitZone, request);
  if (!claim.ok) return claim;

  const keyId = findAuthTokenKey(nonce, signed, request.keys);
  if (keyId === undefined) return { ok: false, refusal: 'auth-token-wrong' };
  if (!isJson(text)) return { ok: false, refusal: 'body-unreadable' };
  const token = { keyId, reading: 'members', nonce, timestamp: claim.timestamp } as const;
  const member = findDuplicateMember(text, request.equalRepeats);
  return member === undefined ? { ok: true, ...token } : { ok: false, refusal: 'member-repeated', member, token };
}
