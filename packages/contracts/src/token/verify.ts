import { timingSafeEqual } from 'node:crypto';
import { findDuplicateMember } from '../json/duplicate-member.ts';
import { isJson, sortUnchecked } from '../json/sort-members.ts';
import type { AccessKey } from './key-ring.ts';
import { type FormRefusal, readToken, type SecurityToken } from './parameters.ts';
import { signatureBytes } from './signature.ts';

/** How the signed payload was read (R4): the bytes received, or the store's own sorted serialisation of them. */
export type Reading = 'raw' | 'sorted';

/** Both readings, in the order in which they are tried. */
export const readings: readonly Reading[] = ['raw', 'sorted'];

/** A token is valid this many milliseconds to either side of now, inclusive (R2). */
export const tokenWindow = 60_000;

/**
 * The sorted reading is tried for bodies of at most this many top-level members; documented ones have a few dozen. Who
 * has no key could otherwise make us sort a hundred thousand of them.
 */
const sortedMembers = 1_000;

export interface TokenToVerify {
  /** The query string as received, without the question mark. */
  readonly query: string;
  /** The body, exactly as received. */
  readonly body: Uint8Array;
  /** The body as strict UTF-8, where the caller has decoded it already. */
  readonly text?: string | undefined;
  /** Every key that may have signed; all of them are tried. */
  readonly keys: readonly AccessKey[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The readings to accept; both unless one is pinned (R4). */
  readonly readings?: readonly Reading[];
}

/** A token that a key of the ring signed. */
export interface VerifiedToken {
  /** The `id` of the key that signed. */
  readonly keyId: string;
  /** The reading that verified; `raw` where both do. */
  readonly reading: Reading;
  readonly nonce: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
}

export type Verification =
  | ({ readonly ok: true } & VerifiedToken)
  /** The token is good, and its nonce used up, but the body names a member twice (R5). */
  | { readonly ok: false; readonly refusal: 'member-repeated'; readonly member: string; readonly token: VerifiedToken }
  | { readonly ok: false; readonly refusal: FormRefusal | 'timestamp-stale' | 'timestamp-ahead' | 'signature-wrong' };

/**
 * Checks the security token of a base interface (R1–R5, R7). Whether the nonce was used before is for the caller to
 * decide, where nonces are kept. Never throws, whatever query and bytes it gets, and compares in constant time over
 * every key.
 */
export function verifyToken(request: TokenToVerify): Verification {
  const reading = readToken(request.query);
  if (!reading.ok) return reading;
  const timestamp = Number(reading.token.timestamp);
  const age = request.now - timestamp;
  // Negated, so that a clock that is no number refuses everything.
  if (!(age <= tokenWindow)) return { ok: false, refusal: 'timestamp-stale' };
  if (age < -tokenWindow) return { ok: false, refusal: 'timestamp-ahead' };

  const text = request.text ?? decodeUtf8(request.body);
  const signer = findSigner(reading.token, request, text);
  if (signer === undefined) return { ok: false, refusal: 'signature-wrong' };

  const token = { ...signer, nonce: reading.token.nonce, timestamp };
  const member = text === undefined ? undefined : findDuplicateMember(text);
  return member === undefined ? { ok: true, ...token } : { ok: false, refusal: 'member-repeated', member, token };
}

function findSigner(token: SecurityToken, request: TokenToVerify, text: string | undefined) {
  const signature = Buffer.from(token.signature, 'hex');
  for (const reading of request.readings ?? readings) {
    const payload = reading === 'raw' ? request.body : sortedPayload(text);
    if (payload === undefined) continue;
    let keyId: string | undefined;
    for (const key of request.keys) {
      const expected = signatureBytes(key.secret, token.nonce, token.timestamp, payload);
      // No early exit: the time taken says nothing of which key matched.
      if (timingSafeEqual(expected, signature)) keyId = key.id;
    }
    if (keyId !== undefined && (reading === 'raw' || isJson(text ?? ''))) return { keyId, reading };
  }
  return undefined;
}

function sortedPayload(text: string | undefined): Buffer | undefined {
  const sorted = text === undefined ? undefined : sortUnchecked(text, sortedMembers);
  return sorted === undefined ? undefined : Buffer.from(sorted);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
