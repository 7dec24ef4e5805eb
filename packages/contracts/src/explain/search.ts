import type { KeyClass } from '../token/key-ring.ts';
import type { ClassedKey } from './keys.ts';
import type { MistakeId } from './mistakes.ts';
import { right, type Variant, wrong } from './variants.ts';

/** What one explanation may cost: signatures computed, and bytes hashed for them. Beyond, it ends without a result. */
const mostAttempts = 60_000;
const mostBytes = 256 * 1024 * 1024;

/** At most this many mistakes at once are looked for, besides those that can be seen. */
export const mostMistakes = 2;

/** What a search came to. `complete` is false where the bound ended it. */
export type SearchResult =
  | { readonly ok: true; readonly key: ClassedKey; readonly mistakes: readonly MistakeId[] }
  | { readonly ok: false; readonly tried: number; readonly complete: boolean };

/** One way to sign with a key: the signature in lower-case hex, and about how many bytes it takes to compute it. */
export interface Attempt {
  readonly bytes: number;
  readonly signature: () => string;
}

/** Tries every variant with every key, the cheapest first, until one gives a signature that starts with `hex`. */
export function search<T>(
  variants: readonly Variant<T>[],
  keys: readonly Variant<UsedKey>[],
  attempt: (value: T, used: UsedKey) => Attempt,
  hex: string,
): SearchResult {
  let tried = 0;
  let bytes = 0;
  for (let cost = 0; cost <= mostMistakes; cost += 1) {
    for (const used of keys) {
      for (const variant of variants) {
        if (variant.cost + used.cost !== cost) continue;
        const next = attempt(variant.value, used.value);
        if (tried >= mostAttempts || bytes + next.bytes > mostBytes) return { ok: false, tried, complete: false };
        tried += 1;
        bytes += next.bytes;
        if (next.signature().startsWith(hex))
          return { ok: true, key: used.value.key, mistakes: [...used.mistakes, ...variant.mistakes] };
      }
    }
  }
  return { ok: false, tried, complete: true };
}

/** A key as it may have been used: its secret as it is, with what was read behind it, or trimmed. */
export interface UsedKey {
  readonly key: ClassedKey;
  readonly secret: string;
}

/** Every key in every spelling, those of the right classes first. A key of another class is one mistake more. */
export function usedKeys(keys: readonly ClassedKey[], classes: readonly KeyClass[]): readonly Variant<UsedKey>[] {
  const isRight = (key: ClassedKey) => classes.includes(key.class);
  return [...keys.filter(isRight), ...keys.filter((key) => !isRight(key))].flatMap((key) =>
    spellings(key.secret).map(
      ({ value, mistakes, cost }): Variant<UsedKey> => ({
        value: { key, secret: value },
        mistakes: isRight(key) ? mistakes : ['key-of-another-class', ...mistakes],
        cost: isRight(key) ? cost : cost + 1,
      }),
    ),
  );
}

function spellings(secret: string): readonly Variant<string>[] {
  const others = new Set([`${secret}\n`, `${secret}\r\n`, `${secret} `, secret.trim()]);
  others.delete(secret);
  return [right(secret), ...[...others].map((each) => wrong(each, 'key-with-blanks'))];
}
