import { signAuthToken } from './auth-token.ts';
import { type AuthTokenParameter, queryParameters, signedParameters } from './auth-token-parameters.ts';
import type { AuthTokenRefusal } from './auth-token-refusal.ts';
import {
  type AuthTokenToVerify,
  findAuthTokenKey,
  type RefusedAuthToken,
  readClaim,
  type VerifiedAuthToken,
} from './auth-token-verification.ts';

/** A signed GET query without the question mark: the parameters in the order given, the `authToken` behind them. */
export function authTokenQuery(key: string, parameters: Iterable<AuthTokenParameter>): string {
  const given = [...parameters].filter(([name]) => name !== 'authToken');
  return [...given, ['authToken', signAuthToken(key, given)] as const]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

// encodeURIComponent throws for half a surrogate pair, which no UTF-8 can carry.
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

export interface AuthTokenQueryToVerify extends AuthTokenToVerify {
  /** The query string as received, without the question mark. */
  readonly query: string;
}

export type AuthTokenQueryVerification =
  | ({
      readonly ok: true;
      /** What was signed, by name, in an object without a prototype. */
      readonly parameters: Readonly<Record<string, string>>;
    } & VerifiedAuthToken<'percent' | 'form'>)
  | RefusedAuthToken<Exclude<AuthTokenRefusal, 'body-unreadable' | 'member-repeated' | 'auth-token-replayed'>>;

/**
 * Checks the `authToken` of a V1 query (R25), whose `timeStamp` is in UTC. A plus sign is first read as itself and, if no
 * key signed that, as a blank; in the `authToken` it always stands for itself. Whether the token was used before is for
 * the caller to decide. Never throws, whatever query it gets, and compares in constant time over every key.
 */
export function verifyAuthTokenQuery(request: AuthTokenQueryToVerify): AuthTokenQueryVerification {
  const percent = queryParameters(request.query, 'percent');
  if (!percent.ok) return percent;
  const [nonce = '', ...furtherTokens] = valuesOf('authToken', percent.parameters);
  const [timeStamp = '', ...furtherTimes] = valuesOf('timeStamp', percent.parameters);
  if (furtherTokens.length + furtherTimes.length > 0) return { ok: false, refusal: 'parameter-repeated' };
  const claim = readClaim(nonce, timeStamp, 0, request);
  if (!claim.ok) return claim;

  const form = request.query.includes('+') ? queryParameters(request.query, 'form') : undefined;
  for (const [reading, read] of [
    ['percent', percent],
    ['form', form],
  ] as const) {
    if (!read?.ok) continue;
    const signed = signedParameters(read.parameters);
    const keyId = findAuthTokenKey(nonce, signed, request.keys);
    if (keyId === undefined) continue;
    return { ok: true, keyId, reading, nonce, timestamp: claim.timestamp, parameters: withoutPrototype(signed) };
  }
  return { ok: false, refusal: 'auth-token-wrong' };
}

const valuesOf = (wanted: string, parameters: readonly AuthTokenParameter[]): string[] =>
  parameters.filter(([name]) => name === wanted).map(([, value]) => value);

function withoutPrototype(signed: ReadonlyMap<string, string>): Record<string, string> {
  const parameters: Record<string, string> = Object.create(null);
  for (const [name, value] of signed) parameters[name] = value;
  return parameters;
}
