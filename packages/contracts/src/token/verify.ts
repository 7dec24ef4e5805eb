import { readToken } from './parameters.ts';
import { signatureHex } from './signature.ts';
import { type BodyToVerify, type SignatureScheme, type Verification, verifySigned } from './verification.ts';

/** A token is valid this many milliseconds to either side of now, inclusive (R2). */
export const tokenWindow = 60_000;

export interface TokenToVerify extends BodyToVerify {
  /** The query string as received, without the question mark. */
  readonly query: string;
}

const scheme: SignatureScheme = { windowMs: tokenWindow, signatureOf: signatureHex };

/**
 * Checks the security token of a base interface (R1–R5, R7). Whether the nonce was used before is for the caller to
 * decide, where nonces are kept. Never throws, whatever query and bytes it gets, and compares in constant time over
 * every key.
 */
export function verifyToken(request: TokenToVerify): Verification {
  const reading = readToken(request.query);
  if (!reading.ok) return reading;
  const { signature, timestamp, nonce } = reading.token;
  return verifySigned(scheme, { signature: signature.toLowerCase(), timestamp, nonce }, request);
}
