import type { SecurityToken } from './parameters.ts';
import { signatureHex } from './signature.ts';

export interface TokenToSign {
  readonly accessKey: string;
  /** The body exactly as it will be sent; text is sent as UTF-8. */
  readonly body: string | Uint8Array;
  /** Milliseconds since the epoch, 13 digits. */
  readonly timestamp: number;
  /** 1 to 128 visible ASCII characters, never used before with this key (R3). */
  readonly nonce: string;
}

/**
 * Signs a request as the store does (R1), over the bytes that are sent, in upper-case hex. The form of timestamp and
 * nonce is not checked, so that a test can sign what a receiver must refuse.
 */
export function signToken(request: TokenToSign): SecurityToken {
  const timestamp = String(request.timestamp);
  const payload = typeof request.body === 'string' ? Buffer.from(request.body) : request.body;
  const signature = signatureHex(request.accessKey, request.nonce, timestamp, payload).toUpperCase();
  return { signature, timestamp, nonce: request.nonce };
}

/** The token as a query string, without the question mark. */
export function tokenQuery(token: SecurityToken): string {
  return `signature=${token.signature}&timestamp=${token.timestamp}&nonce=${encodeURIComponent(token.nonce)}`;
}

/**
 * Serialises a message so that both readings of R4 agree: compact, top-level members in the order of their UTF-16 code
 * units, nothing at the top that JSON leaves out or writes as null. Throws a TypeError for what JSON cannot hold (a
 * bigint, a cycle).
 */
export function composeBody(message: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(message)
    .map(([name, value]): readonly [string, string | undefined] => [name, JSON.stringify(value)])
    .filter(([, text]) => text !== undefined && text !== 'null')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}
