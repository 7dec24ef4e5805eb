/** What became of a call on the wire, before anybody judges it. */
export type Outcome =
  /** A whole answer. `body` is decompressed where the answer declared a compression. */
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly contentType: string | null;
      readonly body: Uint8Array;
    }
  /** No connection: nobody listens, no such name, a certificate that does not verify. */
  | { readonly kind: 'unreachable'; readonly cause: string }
  /** Connected, but the connection ended before a whole answer had come, or what came was no HTTP. */
  | { readonly kind: 'broken'; readonly cause: string; readonly status: number | null }
  | { readonly kind: 'timed-out'; readonly limitMs: number; readonly status: number | null }
  | { readonly kind: 'too-large'; readonly limitBytes: number; readonly status: number; readonly body: Uint8Array }
  /** The marketplace is stopping; whether the seller's server took the call is not known. */
  | { readonly kind: 'abandoned' };
