/** A request's body as it was received, decoded only when asked and only once. */

import { isUtf8 } from 'node:buffer';

export type UnreadableReason = 'empty' | 'invalid-utf8' | 'bom' | 'not-json';

export type JsonReading = { ok: true; value: unknown } | { ok: false; reason: UnreadableReason };

export interface RawBody {
  /** Exactly the bytes received, before anything parsed or decoded them; empty if there were none. */
  readonly bytes: Buffer;
  /**
   * The body as JSON, parsed once: every call returns the same reading. Never throws.
   * Bytes that are no UTF-8 and a byte order mark are refused (RFC 8259, section 8.1).
   */
  json(): JsonReading;
  /** The body as text, decoded once; undefined if the bytes are no UTF-8. A byte order mark is kept. */
  text(): string | undefined;
}

class ReceivedBody implements RawBody {
  readonly bytes: Buffer;
  #text: string | undefined;
  #decoded = false;
  #json: JsonReading | undefined;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  text(): string | undefined {
    if (!this.#decoded) {
      this.#text = isUtf8(this.bytes) ? this.bytes.toString('utf8') : undefined;
      this.#decoded = true;
    }
    return this.#text;
  }

  json(): JsonReading {
    this.#json ??= readJson(this.text());
    return this.#json;
  }
}

/** The body of a request that has none. */
export const emptyBody: RawBody = new ReceivedBody(Buffer.alloc(0));

/** Wraps received bytes; it does not copy them. */
export function rawBody(bytes: Buffer): RawBody {
  return bytes.length === 0 ? emptyBody : new ReceivedBody(bytes);
}

function readJson(text: string | undefined): JsonReading {
  if (text === undefined) return { ok: false, reason: 'invalid-utf8' };
  if (text === '') return { ok: false, reason: 'empty' };
  if (text.charCodeAt(0) === 0xfeff) return { ok: false, reason: 'bom' };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, reason: 'not-json' };
  }
}
