import { createPublicKey, type KeyObject } from 'node:crypto';

export type PublicKeyRefusal = 'public-key-unreadable' | 'public-key-private' | 'public-key-weak';

export type PublicKeyReading =
  /** As PEM of its SubjectPublicKeyInfo. */
  { readonly ok: true; readonly pem: string } | { readonly ok: false; readonly refusal: PublicKeyRefusal };

/** The documented lower bound, and the longest key whose ciphertexts the Kit's members have room for. */
const bits = { least: 3072, most: 16_384 };

/**
 * Reads the public key of a credential (应用凭证申请): RSA of at least 3072 bit, as PEM or, as the debugging page wants it,
 * without the first and the last line. A private key is turned away, although its public half could be computed.
 */
export function readPublicKey(text: string): PublicKeyReading {
  if (/PRIVATE KEY/.test(text)) return { ok: false, refusal: 'public-key-private' };
  const key = parse(
    text.includes('-----BEGIN') ? text : `-----BEGIN PUBLIC KEY-----\n${text}\n-----END PUBLIC KEY-----`,
  );
  if (key?.asymmetricKeyType !== 'rsa') return { ok: false, refusal: 'public-key-unreadable' };
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < bits.least || modulusLength > bits.most) return { ok: false, refusal: 'public-key-weak' };
  return { ok: true, pem: key.export({ type: 'spki', format: 'pem' }).toString() };
}

function parse(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}
