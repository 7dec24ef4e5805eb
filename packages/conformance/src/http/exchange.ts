import type { ReceivedAnswer } from './answer.ts';

/** One request and what came of it. Times in milliseconds, sizes in bytes. */

export interface RequestToSend {
  readonly method: string;
  /** Absolute; path and query travel exactly as they stand here. */
  readonly url: string;
  /** In this order; a name may occur again. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** What `mock-marketplace sign` makes the same call of, with a token of its own moment. */
  readonly signArguments?: readonly string[];
}

/** How long and how much is listened to at most; a server that hangs, drips or floods must not take the suite along. */
export interface Limits {
  readonly ms: number;
  readonly bytes: number;
}

/** Why there is no whole answer. */
export type Silence =
  /** Nobody listens there, or no way leads there. */
  | 'unreachable'
  /** The connection was closed before an answer was complete. */
  | 'cut'
  /** Nothing came within the limit. */
  | 'silent'
  /** An answer began, and was not complete within the limit. */
  | 'slow'
  /** An answer longer than the limit. */
  | 'flood'
  /** What came is no HTTP. */
  | 'garbled'
  /** The certificate or the handshake is not right. */
  | 'tls';

export type Exchange = { readonly kind: 'answered'; readonly answer: ReceivedAnswer; readonly ms: number } | Unanswered;

export interface Unanswered {
  readonly kind: 'unanswered';
  readonly silence: Silence;
  /** What Node calls what is wrong with the certificate or the handshake; of `tls` only. */
  readonly tlsFault?: string;
  readonly ms: number;
}
