import type { TokenRefusal } from './refusal.ts';

/** A security token as it travels in the query. All three are kept as the text that was received: the digits are signed as they stand (R2). */
export interface SecurityToken {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

/** A token of the right form, or why there is none. */
/** What can be wrong with a token's form. */
export type FormRefusal = Extract<TokenRefusal, `${string}-missing` | `${string}-malformed` | 'parameter-repeated'>;

export type TokenReading =
  | { readonly ok: true; readonly token: SecurityToken }
  | { readonly ok: false; readonly refusal: FormRefusal };

const signatureForm = /^[0-9a-fA-F]{64}$/;
const timestampForm = /^[0-9]{13}$/;
const nonceForm = /^[\x21-\x7e]{1,128}$/;

/**
 * Finds the token in a raw query string (without the question mark) and checks its form (R2, R3, R7).
 * Other parameters are ignored (R8). A plus sign stands for itself: no page says that values are form-encoded, and a
 * nonce holds no blanks.
 */
export function readToken(query: string): TokenReading {
  const found: Partial<Record<keyof SecurityToken, string>> = {};
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    if (name !== 'signature' && name !== 'timestamp' && name !== 'nonce') continue;
    if (found[name] !== undefined) return { ok: false, refusal: 'parameter-repeated' };
    // What cannot be decoded keeps a character that no form allows.
    found[name] = equals === -1 ? '' : (decode(pair.slice(equals + 1)) ?? '\u0000');
  }
  const { signature = '', timestamp = '', nonce = '' } = found;
  const refusal = missing(signature, timestamp, nonce) ?? malformed(signature, timestamp, nonce);
  return refusal === undefined ? { ok: true, token: { signature, timestamp, nonce } } : { ok: false, refusal };
}

function missing(signature: string, timestamp: string, nonce: string): FormRefusal | undefined {
  if (signature === '') return 'signature-missing';
  if (timestamp === '') return 'timestamp-missing';
  return nonce === '' ? 'nonce-missing' : undefined;
}

function malformed(signature: string, timestamp: string, nonce: string): FormRefusal | undefined {
  if (!signatureForm.test(signature)) return 'signature-malformed';
  if (!timestampForm.test(timestamp)) return 'timestamp-malformed';
  return nonceForm.test(nonce) ? undefined : 'nonce-malformed';
}

function decode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
