import { createHmac, timingSafeEqual } from 'node:crypto';
import { base64Digest } from '../token/form.ts';
import type { AccessKey } from '../token/key-ring.ts';

/** The header that signs every answer of the retired V1 (R25). The store tells its case apart: `Body-sign` is not found. */
export const bodySignHeader = 'Body-Sign';

/**
 * The value of the header for a body, byte by byte as it is sent: base64(HMAC-SHA256(key, body)), with the key alone and
 * without a timeStamp, and with the blank that the page prints (`saascenter_usermanual_0128`).
 */
export const bodySign = (key: string, body: string | Uint8Array): string =>
  `sign_type="HMAC-SHA256", signature= "${signatureOf(key, body)}"`;

/** Every reason a `Body-Sign` can be refused for, with a sentence for people. The one who checks is the store, so there is no result code. */
const reasons = {
  'body-sign-missing': 'The header "Body-Sign" is missing or empty.',
  'body-sign-malformed':
    'The header "Body-Sign" is not sign_type="HMAC-SHA256", signature= "…" with 32 bytes in Base64.',
  'body-sign-wrong':
    'No key gives the signature in "Body-Sign": the body was changed after signing, or another key signed.',
} as const satisfies Record<string, string>;

export type BodySignRefusal = keyof typeof reasons;
export const bodySignRefusals = Object.keys(reasons) as BodySignRefusal[]; // the keys of a literal are exactly its type's
export const bodySignRefusalSentence = (refusal: BodySignRefusal): string => reasons[refusal];

export type BodySignVerification =
  | { readonly ok: true; readonly keyId: string }
  | { readonly ok: false; readonly refusal: BodySignRefusal };

/**
 * Checks the header of an answer as the store does; the blank before the signature may be missing, the quotes may not.
 * Never throws, and compares in constant time over every key.
 */
export function verifyBodySign(
  value: string | undefined,
  body: string | Uint8Array,
  keys: readonly AccessKey[],
): BodySignVerification {
  if (value === undefined || value === '') return { ok: false, refusal: 'body-sign-missing' };
  const received = /^sign_type="HMAC-SHA256", ?signature= ?"([^"]*)"$/.exec(value)?.[1];
  if (received === undefined || !base64Digest.test(received)) return { ok: false, refusal: 'body-sign-malformed' };
  let keyId: string | undefined;
  for (const key of keys) {
    if (timingSafeEqual(Buffer.from(signatureOf(key.secret, body)), Buffer.from(received))) keyId = key.id;
  }
  return keyId === undefined ? { ok: false, refusal: 'body-sign-wrong' } : { ok: true, keyId };
}

const signatureOf = (key: string, body: string | Uint8Array): string =>
  createHmac('sha256', key).update(body).digest('base64');
