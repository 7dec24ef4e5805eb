import { timingSafeEqual } from 'node:crypto';
import { findDuplicateMember } from '../json/duplicate-member.ts';
import { isJson, sortUnchecked } from '../json/sort-members.ts';
import { decodeUtf8 } from '../utf8.ts';
import type { FormRefusal } from './form.ts';
import type { AccessKey } from './key-ring.ts';
import type { SecurityToken } from './parameters.ts';

/** How the signed payload was read (R4): the bytes received, or the store's own sorted serialisation of them. */
export type Reading = 'raw' | 'sorted';

/** Both readings, in the order in which they are tried. */
export const readings: readonly Reading[] = ['raw', 'sorted'];

/**
 * The sorted reading is tried for bodies of at most this many top-level members; documented ones have a few dozen. Who
 * has no key could otherwise make us sort a hundred thousand of them.
 */
const sortedMembers = 1_000;

/** What a token is checked against, in every scheme that signs a body. */
export interface BodyToVerify {
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
  /** Members of the outermost object that may occur again with an equal value (R5). */
  readonly equalRepeats?: readonly string[];
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

/** What differs between the schemes that sign one reading of a body. */
export interface SignatureScheme {
  /** A token is valid this many milliseconds to either side of now, inclusive. */
  readonly windowMs: number;
  /** The signature of a payload as text, of the length that a well-formed token has. */
  readonly signatureOf: (accessKey: string, nonce: string, timestamp: string, payload: Uint8Array) => string;
}

/**
 * Checks a well-formed token, its signature spelled as `signatureOf` spells it, against a body (R2, R4–R6). Never throws,
 * whatever bytes it gets, and compares in constant time over every key.
 */
export function verifySigned(scheme: SignatureScheme, token: SecurityToken, request: BodyToVerify): Verification {
  const timestamp = Number(token.timestamp);
  const age = request.now - timestamp;
  // Negated, so that a clock or window that is no number refuses everything.
  if (!(age <= scheme.windowMs)) return { ok: false, refusal: 'timestamp-stale' };
  if (!(-age <= scheme.windowMs)) return { ok: false, refusal: 'timestamp-ahead' };

  const text = request.text ?? decodeUtf8(request.body);
  const signer = findSigner(scheme, token, request, text);
  if (signer === undefined) return { ok: false, refusal: 'signature-wrong' };

  const { keyId, reading } = signer;
  const verified: VerifiedToken = { keyId, reading, nonce: token.nonce, timestamp };
  const member = text === undefined ? undefined : findDuplicateMember(text, request.equalRepeats);
  if (member !== undefined) return { ok: false, refusal: 'member-repeated', member, token: verified };
  return { ok: true, keyId, reading, nonce: token.nonce, timestamp };
}

function findSigner(
  scheme: SignatureScheme,
  token: SecurityToken,
  request: BodyToVerify,
  text: string | undefined,
): { readonly keyId: string; readonly reading: Reading } | undefined {
  const signature = Buffer.from(token.signature);
  for (const reading of request.readings ?? readings) {
    const payload = reading === 'raw' ? request.body : sortedPayload(text);
    if (payload === undefined) continue;
    let keyId: string | undefined;
    for (const key of request.keys) {
      const expected = scheme.signatureOf(key.secret, token.nonce, token.timestamp, payload);
      // No early exit: the time taken says nothing of which key matched.
      if (timingSafeEqual(Buffer.from(expected), signature)) keyId = key.id;
    }
    if (keyId !== undefined && (reading === 'raw' || isJson(text ?? ''))) return { keyId, reading };
  }
  return undefined;
}

function sortedPayload(text: string | undefined): Buffer | undefined {
  const sorted = text === undefined ? undefined : sortUnchecked(text, sortedMembers);
  return sorted === undefined ? undefined : Buffer.from(sorted);
}
