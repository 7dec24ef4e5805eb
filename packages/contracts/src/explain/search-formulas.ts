import { decoded, type FoundToken } from './find-token.ts';
import { bodyPartOf, type Formula, type FormulaKind, formulaVariants, signedBy } from './formulas.ts';
import type { Payloads } from './payloads.ts';
import { mostMistakes, type SearchResult, search, type UsedKey } from './search.ts';
import { type Axes, combine, distinct, right, type Variant, wrong } from './variants.ts';

/** Nonce and timestamp as they may have been signed. */
interface SignedTexts {
  readonly nonce: string;
  readonly timestamp: string;
}

interface Attempted {
  readonly formula: Formula;
  readonly payload: Uint8Array;
  readonly texts: SignedTexts;
}

/** Looks for the mistakes under which a signature of 2.0 verifies: any two of formula, body, and signed texts. */
export function searchFormulas(
  kind: FormulaKind,
  token: FoundToken,
  payloads: Payloads,
  keys: readonly Variant<UsedKey>[],
  hex: string,
): SearchResult {
  const axes: Axes<Attempted> = {
    payload: payloads.variants,
    texts: signedTexts(token),
    formula: formulaVariants[kind],
  };
  const bodyParts = new BodyParts();
  return search(
    combine(axes, mostMistakes),
    keys,
    ({ formula, payload, texts }, used) => ({
      bytes: 256 + bodyParts.bytesFor(formula.bodyPart, used, payload),
      signature: () =>
        signedBy(formula, { key: used.secret, ...texts }, bodyParts.get(formula.bodyPart, used, payload)),
    }),
    hex,
  );
}

/** What bodies enter signed texts as, each hash computed once. */
class BodyParts {
  readonly #hashes = new Map<UsedKey, Map<Uint8Array, Map<Formula['bodyPart'], string>>>();

  get(part: Formula['bodyPart'], used: UsedKey, payload: Uint8Array): string | Uint8Array {
    if (part === 'clear') return payload;
    const there = this.#hashes.get(used)?.get(payload)?.get(part);
    if (there !== undefined) return there;
    const ofKey = this.#hashes.get(used) ?? new Map<Uint8Array, Map<Formula['bodyPart'], string>>();
    const ofPayload = ofKey.get(payload) ?? new Map<Formula['bodyPart'], string>();
    const hash = bodyPartOf(part, used.secret, payload);
    this.#hashes.set(used, ofKey.set(payload, ofPayload.set(part, hash)));
    return hash;
  }

  /** How many bytes have to be hashed for it. */
  bytesFor(part: Formula['bodyPart'], used: UsedKey, payload: Uint8Array): number {
    return this.#hashes.get(used)?.get(payload)?.has(part) ? 0 : payload.length;
  }
}

function signedTexts(token: FoundToken): readonly Variant<SignedTexts>[] {
  const { nonce, timestamp, rawNonce } = token;
  const others: readonly Variant<string>[] = [
    wrong(rawNonce, 'nonce-encoded'),
    wrong(encodeURIComponent(nonce.toWellFormed()), 'nonce-encoded'),
    wrong(decoded(nonce), 'nonce-decoded-twice'),
    wrong(nonce.replaceAll('+', ' '), 'nonce-plus-as-blank'),
  ];
  const seconds = /^\d{10}$/.test(timestamp);
  const nonces = distinct([right(nonce), ...others], (text) => text);
  const timestamps: readonly Variant<string>[] = [
    right(timestamp),
    ...(seconds ? [wrong(`${timestamp}000`, 'timestamp-extended')] : []),
    ...(/^\d{11,}$/.test(timestamp) ? [wrong(timestamp.slice(0, 10), 'timestamp-cut')] : []),
  ];
  return combine<SignedTexts>({ nonce: nonces, timestamp: timestamps }, mostMistakes);
}
