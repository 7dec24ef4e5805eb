import { createHmac } from 'node:crypto';
import { canonicalRequest, lowerCaseNames, type SignableRequest, sha256Hex } from './canonical-request.ts';
import { sdkDate } from './sdk-date.ts';

export const akskAlgorithm = 'SDK-HMAC-SHA256';

/** The seller's access key pair for the store's open APIs (我的凭证 → 访问密钥). */
export interface AccessKeyPair {
  readonly ak: string;
  readonly sk: string;
}

/** The signature (64 lower-case hex digits) of a request over the named headers: lower-case, in order, `x-sdk-date` among them. */
export function akskSignature(request: SignableRequest, signedHeaders: readonly string[], sk: string): string {
  const date = lowerCaseNames(request.headers).get('x-sdk-date') ?? '';
  const toSign = `${akskAlgorithm}\n${date}\n${sha256Hex(canonicalRequest(request, signedHeaders))}`;
  return createHmac('sha256', sk).update(toSign).digest('hex');
}

/**
 * Signs a request with SDK-HMAC-SHA256 over all of its headers, except an `Authorization` that it replaces. `headers`
 * must hold `host`; `X-Sdk-Date` is set to `now` (milliseconds since the epoch) unless it is there already. Returns the
 * headers to send. Throws a RangeError for a `now` that is no date.
 */
export function signAksk(request: SignableRequest, key: AccessKeyPair, now: number): Record<string, string> {
  const given = Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== 'authorization');
  const dated = given.some(([name]) => name.toLowerCase() === 'x-sdk-date');
  const headers = Object.fromEntries(dated ? given : [...given, ['X-Sdk-Date', sdkDate(now)]]);
  const names = [...lowerCaseNames(headers).keys()].sort();
  const signature = akskSignature({ ...request, headers }, names, key.sk);
  return {
    ...headers,
    Authorization: `${akskAlgorithm} Access=${key.ak}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}
