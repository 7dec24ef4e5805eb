/** A message with its signature, in terms that the schemes of several makers share. Everything is as it is sent. */
export interface Delivery {
  readonly body: Uint8Array;
  /** Left out where it is undefined. */
  readonly timestamp?: string | undefined;
  /** What tells one message from another: here the nonce. */
  readonly id?: string | undefined;
  /** In the spelling of the scheme. */
  readonly signatures: readonly string[];
}

/** What a verification came to. `error` names what it threw other than a refusal of its own. */
export type Outcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'escaped'; readonly error: string };

/** How one maker signs and verifies. */
export interface Scheme {
  readonly name: 'koobridge' | 'stripe' | 'standardwebhooks' | 'octokit';
  readonly hasTimestamp: boolean;
  readonly hasId: boolean;
  /** Whether a message may carry several signatures of which one has to be right. */
  readonly takesSeveral: boolean;
  /** How far a timestamp may lie from now, and what it counts in, both in milliseconds. */
  readonly windowMs: number;
  readonly unitMs: number;
  /** A right signature; that of another secret where one is given. Each part is signed as it stands. */
  sign(
    message: { readonly body: Uint8Array; readonly timestamp: string; readonly id: string },
    secret?: string,
  ): string;
  /** 32 bytes as a signature is spelled. */
  spell(digest: Uint8Array): string;
  /** The same bytes in the encoding that the scheme does not use. */
  misspell(digest: Uint8Array): string;
  /** A signature under a label that the scheme does not know. */
  mislabel(signature: string): string;
  /** What verifies a delivery, as often as it is called. `now` in milliseconds since the epoch. */
  verification(delivery: Delivery, now: number): () => Promise<Outcome>;
}

/**
 * A verification that returns why it refused, or throws: `isOwn` tells the library's refusals from errors that it
 * did not mean to throw.
 */
export function verificationBy(
  verify: () => { refused: string } | undefined | Promise<{ refused: string } | undefined>,
  isOwn: (error: Error) => boolean,
): () => Promise<Outcome> {
  return async () => {
    try {
      const refusal = await verify();
      return refusal === undefined ? { kind: 'accepted' } : { kind: 'refused', why: refusal.refused };
    } catch (error) {
      if (!(error instanceof Error)) return { kind: 'escaped', error: typeof error };
      return isOwn(error)
        ? { kind: 'refused', why: error.message }
        : { kind: 'escaped', error: error.constructor.name };
    }
  };
}
