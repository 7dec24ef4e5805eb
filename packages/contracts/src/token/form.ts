import type { SecurityToken } from './parameters.ts';
import type { TokenRefusal } from './refusal.ts';

/** What can be wrong with a token's form. */
export type FormRefusal = Extract<TokenRefusal, `${string}-missing` | `${string}-malformed` | 'parameter-repeated'>;

/** A token of the right form, or why there is none. */
export type TokenReading =
  | { readonly ok: true; readonly token: SecurityToken }
  | { readonly ok: false; readonly refusal: FormRefusal };

/** How a scheme writes the two parts of its token that differ from scheme to scheme. */
export interface TokenForm {
  readonly signature: RegExp;
  readonly nonce: RegExp;
}

/** 64 hex digits in either case (R1), and 1 to 128 visible ASCII characters (R3). */
export const hexToken: TokenForm = { signature: /^[0-9a-fA-F]{64}$/, nonce: /^[\x21-\x7e]{1,128}$/ };

/** 32 bytes in Base64. The last character carries four bits, so that each signature has one spelling only. */
export const base64Digest = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

const timestampForm = /^[0-9]{13}$/;

/** Checks the form of the three parts (R2, R3, R7); an empty part is missing. Of several faults the first is named. */
export function readParts(form: TokenForm, signature: string, timestamp: string, nonce: string): TokenReading {
  const refusal = missing(signature, timestamp, nonce) ?? malformed(form, signature, timestamp, nonce);
  return refusal === undefined ? { ok: true, token: { signature, timestamp, nonce } } : { ok: false, refusal };
}

function missing(signature: string, timestamp: string, nonce: string): FormRefusal | undefined {
  if (signature === '') return 'signature-missing';
  if (timestamp === '') return 'timestamp-missing';
  return nonce === '' ? 'nonce-missing' : undefined;
}

function malformed(form: TokenForm, signature: string, timestamp: string, nonce: string): FormRefusal | undefined {
  if (!form.signature.test(signature)) return 'signature-malformed';
  if (!timestampForm.test(timestamp)) return 'timestamp-malformed';
  return form.nonce.test(nonce) ? undefined : 'nonce-malformed';
}
