import { createHmac } from 'node:crypto';
import { type AuthTokenParameter, signedParameters } from './auth-token-parameters.ts';

/**
 * Signs a request of the retired V1 (R25, pages `accessg-marketplace/zh-cn_topic_0070649156` and `…0070649061`):
 * base64(HMAC-SHA256(key + timeStamp, name=value pairs sorted by UTF-16 code unit and joined with &)), 44 characters.
 * `parameters` are decoded name/value pairs, `timeStamp` among them; an `authToken` is left out, and of a repeated name
 * the first value counts. The signed text does not tell an & inside a value from one between two parameters.
 */
export function signAuthToken(key: string, parameters: Iterable<AuthTokenParameter>): string {
  return Buffer.from(authTokenDigest(key, signedParameters(parameters))).toString('base64');
}

/** The 32 bytes of the token. */
export function authTokenDigest(key: string, signed: ReadonlyMap<string, string>): Uint8Array {
  const message = [...signed]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return createHmac('sha256', `${key}${signed.get('timeStamp') ?? ''}`)
    .update(message)
    .digest();
}
