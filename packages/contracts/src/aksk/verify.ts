import { timingSafeEqual } from 'node:crypto';
import { lowerCaseNames, type SignableRequest } from './canonical-request.ts';
import { readSdkDate } from './sdk-date.ts';
import { type AccessKeyPair, akskAlgorithm, akskSignature } from './sign.ts';

/** The gateway refuses a request whose `X-Sdk-Date` is more than these 15 minutes (in milliseconds) from its own clock. */
export const akskWindow = 15 * 60_000;

/** Every reason an AK/SK signature can be refused for; a missing `X-Sdk-Date` is malformed. */
export type AkskRefusal =
  | 'authorization-missing'
  | 'authorization-malformed'
  | 'access-key-unknown'
  | 'date-malformed'
  | 'date-not-signed'
  | 'date-out-of-window'
  | 'signature-wrong';

export type AkskVerification = { readonly ok: true } | { readonly ok: false; readonly refusal: AkskRefusal };

const authorizationForm =
  /^SDK-HMAC-SHA256 Access=(?<access>[^,\s]+),\s*SignedHeaders=(?<names>[a-z0-9;!#$%&'*+.^_`|~-]+),\s*Signature=(?<signature>[0-9a-f]{64})$/;

/**
 * Checks an SDK-HMAC-SHA256 signature as the store's gateway does, over the body's own hash: `UNSIGNED-PAYLOAD` is not
 * accepted. `now` in milliseconds since the epoch. Never throws.
 */
export function verifyAksk(request: SignableRequest, key: AccessKeyPair, now: number): AkskVerification {
  const headers = lowerCaseNames(request.headers);
  const authorization = headers.get('authorization');
  if (authorization === undefined || !authorization.startsWith(akskAlgorithm)) return refuse('authorization-missing');
  const { access, names, signature } = authorizationForm.exec(authorization)?.groups ?? {};
  if (access === undefined || names === undefined || signature === undefined) return refuse('authorization-malformed');
  if (access !== key.ak) return refuse('access-key-unknown');

  const date = readSdkDate(headers.get('x-sdk-date') ?? '');
  if (date === undefined) return refuse('date-malformed');
  // Negated, so that a clock that is no number refuses everything.
  if (!(Math.abs(now - date) <= akskWindow)) return refuse('date-out-of-window');
  const signedHeaders = names.split(';').sort(); // the canonical request lists them in order, whatever the client wrote
  if (!signedHeaders.includes('x-sdk-date')) return refuse('date-not-signed');

  const expected = akskSignature(request, signedHeaders, key.sk);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature)) ? { ok: true } : refuse('signature-wrong');
}

const refuse = (refusal: AkskRefusal): AkskVerification => ({ ok: false, refusal });
