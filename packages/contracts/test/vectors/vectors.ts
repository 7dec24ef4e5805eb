import { readFileSync } from 'node:fs';
import type {
  AccessKey,
  AccountRefusal,
  AuthTokenRefusal,
  BodySignRefusal,
  Reading,
  TokenRefusal,
} from '../../src/index.ts';

/** The published vectors as this package's tests read them; `schema.test.ts` proves that the file has this shape. */
interface Vector {
  readonly id: string;
  readonly rulings: readonly string[];
  readonly comment: string;
}

interface Body {
  readonly body?: string;
  readonly bodyBase64?: string;
}

interface Verifies {
  readonly outcome: 'verifies';
  readonly readings: readonly Reading[];
  readonly keyId: string;
}

interface RefusedFor<R> {
  readonly outcome: 'refused';
  readonly reason: R;
  readonly member?: string;
}

/** A refusal by a seller's server, which answers with a code. */
interface Refused<R = TokenRefusal> extends RefusedFor<R> {
  readonly resultCode: string;
  readonly acceptedCodes: readonly string[];
}

interface WithKeys {
  readonly keys: readonly AccessKey[];
}

interface VerifiesKey {
  readonly outcome: 'verifies';
  readonly keyId: string;
}

export interface SecurityTokenVector extends Vector, Body, WithKeys {
  readonly query: string;
  readonly now: number;
  readonly expected: Verifies | Refused;
}

export interface KitTokenVector extends Vector, Body, WithKeys {
  readonly headers: Readonly<Partial<Record<'x-sign' | 'x-timestamp' | 'x-nonce', string>>>;
  readonly now: number;
  readonly equalRepeats?: readonly string[];
  readonly expected: Verifies | Refused;
}

export interface UsagePushVector extends Vector, Body, WithKeys {
  readonly headers: Readonly<Partial<Record<'signature' | 'ts' | 'nonce', string>>>;
  readonly now: number;
  readonly windowMs: number;
  readonly expected: Verifies | RefusedFor<TokenRefusal>;
}

export interface AuthTokenQueryVector extends Vector, WithKeys {
  readonly query: string;
  readonly now: number;
  readonly windowMs?: number;
  readonly expected:
    | Refused<AuthTokenRefusal>
    | (VerifiesKey & {
        readonly reading: 'percent' | 'form';
        readonly parameters: Readonly<Record<string, string>>;
      });
}

export interface AuthTokenBodyVector extends Vector, Body, WithKeys {
  readonly authToken: string | null;
  readonly now: number;
  readonly equalRepeats?: readonly string[];
  readonly expected: VerifiesKey | Refused<AuthTokenRefusal>;
}

export interface BodySignHeaderVector extends Vector, Body, WithKeys {
  readonly header: string | null;
  readonly expected: VerifiesKey | RefusedFor<BodySignRefusal>;
}

export interface AccountTextVector extends Vector {
  readonly accessKey: string;
  readonly bits: 128 | 256;
  readonly text: string;
  readonly expected: RefusedFor<AccountRefusal> | { readonly outcome: 'decrypts'; readonly plaintext: string };
}

interface Vectors {
  readonly securityToken: readonly SecurityTokenVector[];
  readonly sortedPayload: readonly (Vector & Body & { readonly expected: { readonly sorted: string | null } })[];
  readonly kitSignature: readonly (Vector & {
    readonly accessKey: string;
    readonly nonce: string;
    readonly timestamp: string;
    readonly body: string;
    readonly reading: Reading;
    readonly expected: { readonly signature: string };
  })[];
  readonly kitToken: readonly KitTokenVector[];
  readonly authToken: readonly (Vector & {
    readonly key: string;
    readonly parameters: Readonly<Record<string, string>>;
    readonly expected: { readonly authToken: string };
  })[];
  readonly authTokenQuery: readonly AuthTokenQueryVector[];
  readonly authTokenBody: readonly AuthTokenBodyVector[];
  readonly bodySign: readonly (Vector & {
    readonly key: string;
    readonly body: string;
    readonly expected: { readonly signature: string };
  })[];
  readonly bodySignHeader: readonly BodySignHeaderVector[];
  readonly accountCipher: readonly (Vector & {
    readonly accessKey: string;
    readonly bits: 128 | 256;
    readonly iv: string;
    readonly plaintext: string;
    readonly expected: { readonly aesKeyHex: string; readonly ciphertext: string };
  })[];
  readonly accountText: readonly AccountTextVector[];
  readonly usagePush: readonly UsagePushVector[];
  readonly aksk: readonly (Vector & {
    readonly ak: string;
    readonly sk: string;
    readonly request: {
      readonly method: string;
      readonly target: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };
    readonly signedHeaders: readonly string[];
    readonly expected: {
      readonly canonicalRequest: string;
      readonly canonicalRequestSha256: string;
      readonly signature: string;
      readonly authorization: string;
    };
  })[];
}

export const readVectorFile = (name: string) => readFileSync(new URL(`../../vectors/${name}`, import.meta.url), 'utf8');

export const vectors: Vectors = JSON.parse(readVectorFile('vectors.json'));

export const bytesOf = (vector: Body): Buffer =>
  vector.bodyBase64 === undefined ? Buffer.from(vector.body ?? '') : Buffer.from(vector.bodyBase64, 'base64');
