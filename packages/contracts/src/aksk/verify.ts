import { timingSafeEqual } from 'node:crypto';
import { lowerCaseNames, type SignableRequest } from './canonical-request.ts';
import { type AccessKeyPair, akskAlgorithm, akskSignature } from './sign.ts';

/** The gateway refuses a request whose `X-Sdk-Date` is further than this many milliseconds from its own clock. */
export const akskWindow = 15 * 60_000;

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
const dateForm = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** Checks an SDK-HMAC-SHA256 signature as the store's gateway does. `now` in milliseconds since the epoch. Never throws. */
export function verifyAksk(request: SignableRequest, key: AccessKeyPair, now: number): AkskVerification {
  const headers = lowerCaseNames(request.headers);
  const authorization = headers.get('authorization');
  if (authorization === undefined || !authorization.startsWith(akskAlgorithm)) return refuse('authorization-missing');
  const { access, names, signature } = authorizationForm.exec(authorization)?.groups ?? {};
  if (access === undefined || names === undefined || signature === undefined) return refuse('authorization-malformed');
  if (access !== key.ak) return refuse('access-key-unknown');

  const date = readSdkDate(headers.get('x-sdk-date') ?? '');
  if (date === undefined) return refuse('date-malformed');
  if (Math.abs(now - date) > akskWindow) return refuse('date-out-of-window');
  const signedHeaders = names.split(';');
  if (!signedHeaders.includes('x-sdk-date')) return refuse('date-not-signed');

  const expected = akskSignature(request, signedHeaders, key.sk);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature)) ? { ok: true } : refuse('signature-wrong');
}

const refuse = (refusal: AkskRefusal): AkskVerification => ({ ok: false, refusal });

function readSdkDate(text: string): number | undefined {
  const match = dateForm.exec(text);
  if (match === null) return undefined;
  const instant = Date.parse(text.replace(dateForm, '$1-$2-$3T$4:$5:$6Z'));
  return Number.isNaN(instant) ? undefined : instant;
}
