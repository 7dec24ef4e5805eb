import { readFileSync } from 'node:fs';
import type { AccessKey, Reading, TokenRefusal } from '../../src/index.ts';

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

interface Refused {
  readonly outcome: 'refused';
  readonly resultCode: string;
  readonly acceptedCodes: readonly string[];
  readonly reason: TokenRefusal;
  readonly member?: string;
}

export interface SecurityTokenVector extends Vector, Body {
  readonly keys: readonly AccessKey[];
  readonly query: string;
  readonly now: number;
  readonly expected: Verifies | Refused;
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
  readonly authToken: readonly (Vector & {
    readonly key: string;
    readonly parameters: Readonly<Record<string, string>>;
    readonly expected: { readonly authToken: string };
  })[];
  readonly bodySign: readonly (Vector & {
    readonly key: string;
    readonly body: string;
    readonly expected: { readonly signature: string };
  })[];
  readonly accountCipher: readonly (Vector & {
    readonly accessKey: string;
    readonly bits: 128 | 256;
    readonly iv: string;
    readonly plaintext: string;
    readonly expected: { readonly aesKeyHex: string; readonly ciphertext: string };
  })[];
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
