import type { AccessKey } from '@koobridge/contracts';

export type Message = Readonly<Record<string, unknown>>;

/** How a call proves where it comes from: in the query, in the Kit's headers, or by the authToken of V1 in query or header. */
export type Carrier = 'query' | 'kit' | 'v1-query' | 'v1-body';

/** A call of the store, before it is signed. */
export interface Call {
  readonly carrier: Carrier;
  /** Below the production address; empty for the address itself. */
  readonly subPath: string;
  readonly message: Message;
}

export type TokenPart = 'signature' | 'timestamp' | 'nonce';

/** What of a call differs from what the store would send. */
export interface Variant {
  readonly key?: AccessKey;
  /** Milliseconds that the timestamp lies in the past; negative for the future. */
  readonly age?: number;
  /** The timestamp as text, in place of the real one; it is what is signed. */
  readonly timestamp?: string;
  readonly nonce?: string;
  /** The body that is sent, in place of the message as the store composes it. */
  readonly body?: string | Uint8Array;
  /** Changes the body of a V1 call after signing: its token signs the values, not the bytes. */
  readonly rewritten?: (body: string) => string | Uint8Array;
  /** The bytes that are signed, where they are not those that are sent. */
  readonly signed?: string | Uint8Array;
  /** How the signature is computed, in place of the documented formula. */
  readonly formula?: (key: string, nonce: string, timestamp: string, payload: Uint8Array) => string;
  /** Changes the parts of the token after signing; each is a list, so that none or two can be sent. */
  readonly token?: (
    parts: Readonly<Record<TokenPart, string>>,
  ) => Partial<Readonly<Record<TokenPart, readonly string[]>>>;
  /** Changes the query after all. */
  readonly query?: (query: string) => string;
  /** In place of `Content-Type: application/json`. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly method?: string;
  readonly subPath?: string;
}
