import { createHash, createHmac } from 'node:crypto';
import type { MistakeId } from './mistakes.ts';
import { type Axes, combine, right, type Variant, wrong } from './variants.ts';

/** The two formulas of 2.0: the base interfaces hash the body first, the Kit takes it in clear. */
export type FormulaKind = 'base' | 'kit';

/** What the body enters the signed text as. */
type BodyPart = 'hmac' | 'HMAC' | 'sha256' | 'hmac-base64' | 'clear';
type Part = 'key' | 'nonce' | 'timestamp' | 'body';

/** One way to sign. */
export interface Formula {
  readonly bodyPart: BodyPart;
  readonly outer: 'key' | 'empty' | 'nonce' | 'none';
  readonly parts: readonly Part[];
  readonly separator: string;
}

const rightOrder: readonly Part[] = ['key', 'nonce', 'timestamp', 'body'];

function permutations(parts: readonly Part[]): readonly (readonly Part[])[] {
  if (parts.length < 2) return [parts];
  return parts.flatMap((first) =>
    permutations(parts.filter((each) => each !== first)).map((rest) => [first, ...rest] as const),
  );
}

/** Both formulas of 2.0 and what is made of them, at most two choices otherwise; about 400 in all. */
function variantsOf(kind: FormulaKind): readonly Variant<Formula>[] {
  const bodyMistakes: Readonly<Record<BodyPart, MistakeId>> = {
    hmac: 'formula-of-base',
    HMAC: 'inner-upper-case',
    sha256: 'inner-sha256',
    'hmac-base64': 'inner-base64',
    clear: 'formula-of-kit',
  };
  const rightPart: BodyPart = kind === 'base' ? 'hmac' : 'clear';
  const bodyParts: readonly BodyPart[] = ['hmac', 'HMAC', 'sha256', 'hmac-base64', 'clear'];
  const axes: Axes<Formula> = {
    bodyPart: bodyParts.map((part) => (part === rightPart ? right(part) : wrong(part, bodyMistakes[part]))),
    outer: [
      right('key'),
      wrong('empty', 'outer-key-empty'),
      wrong('nonce', 'outer-key-nonce'),
      wrong('none', 'hmac-left-out'),
    ],
    parts: [
      ...permutations(rightOrder).map((parts, at) => (at === 0 ? right(parts) : wrong(parts, 'parts-reordered'))),
      ...permutations(rightOrder.slice(1)).map((parts, at) =>
        at === 0 ? wrong(parts, 'access-key-left-out') : wrong(parts, 'access-key-left-out', 'parts-reordered'),
      ),
    ],
    separator: [
      right(''),
      ...['&', ',', '\n', ':', '|', '+', ' ', ';', '-', '_'].map((text) => wrong(text, 'separator-added')),
    ],
  };
  return combine(axes, 2);
}

export const formulaVariants: Readonly<Record<FormulaKind, readonly Variant<Formula>[]>> = {
  base: variantsOf('base'),
  kit: variantsOf('kit'),
};

/** What one signature is computed from, besides the body. */
export interface SignedParts {
  readonly key: string;
  readonly nonce: string;
  readonly timestamp: string;
}

/** The body part of a formula that hashes it. It depends on key and payload only, so that a search computes it once for each pair. */
export function bodyPartOf(part: Exclude<BodyPart, 'clear'>, key: string, payload: Uint8Array): string {
  switch (part) {
    case 'hmac':
      return createHmac('sha256', key).update(payload).digest('hex');
    case 'HMAC':
      return createHmac('sha256', key).update(payload).digest('hex').toUpperCase();
    case 'sha256':
      return createHash('sha256').update(payload).digest('hex');
    case 'hmac-base64':
      return createHmac('sha256', key).update(payload).digest('base64');
  }
}

/** The signature in lower-case hex, of a body part computed before. */
export function signedBy(formula: Formula, signed: SignedParts, body: string | Uint8Array): string {
  const hash = {
    key: () => createHmac('sha256', signed.key),
    empty: () => createHmac('sha256', ''),
    nonce: () => createHmac('sha256', signed.nonce),
    none: () => createHash('sha256'),
  }[formula.outer]();
  formula.parts.forEach((part, at) => {
    if (at > 0) hash.update(formula.separator);
    hash.update(part === 'body' ? body : signed[part]);
  });
  return hash.digest('hex');
}
