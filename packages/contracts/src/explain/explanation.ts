import type { KeyClass } from '../token/key-ring.ts';
import type { Reading } from '../token/verification.ts';
import type { AuthTokenReading } from '../v1/auth-token-verification.ts';
import type { Finding } from './findings.ts';
import type { Mistake } from './mistakes.ts';
import type { RequestProblem } from './request.ts';

/** The schemes that requests of the store and to the store are signed with, told apart by where the token stands. */
export type ExplainedScheme =
  | 'security-token'
  | 'kit-signature'
  | 'auth-token-query'
  | 'auth-token-header'
  | 'usage-push'
  | 'aksk';

interface Recognised {
  readonly scheme: ExplainedScheme;
  /**
   * The token's time minus now, in milliseconds: negative for a token of the past, positive for one of the future. Null
   * where the token has no readable time.
   */
  readonly clockSkewMs: number | null;
  readonly findings: readonly Finding[];
}

interface Signer {
  readonly keyId: string;
  readonly keyClass: KeyClass;
}

/** What became of a request: values of a closed type that JSON can carry. No text of the request and no key is part of it. */
export type Explanation =
  /** A key of the right class gives the signature. */
  | (Recognised &
      Signer & {
        readonly outcome: 'verifies';
        readonly reading: Reading | AuthTokenReading;
        /** A receiver accepts the token now, unless it was used before; if not, a finding says why. */
        readonly tokenHolds: boolean;
      })
  /** The signature verifies under these mistakes, of which there is at least one. */
  | (Recognised & Signer & { readonly outcome: 'mistake'; readonly mistakes: readonly Mistake[] })
  /** No key gives the signature under any mistake tried. */
  | (Recognised & {
      readonly outcome: 'unexplained';
      /** How many signatures were computed in vain. */
      readonly tried: number;
    })
  | { readonly outcome: 'unreadable'; readonly problem: RequestProblem; readonly sentence: string };
