import type { MistakeId } from './mistakes.ts';

/** One way in which something may have been signed. */
export interface Variant<T> {
  readonly value: T;
  /** What is wrong with it; nothing for what the rulings accept. */
  readonly mistakes: readonly MistakeId[];
  /** How far it is from right: the number of independent mistakes, of which one call of a library may make two. */
  readonly cost: number;
}

export const right = <T>(value: T): Variant<T> => ({ value, mistakes: [], cost: 0 });

export const wrong = <T>(value: T, ...mistakes: readonly MistakeId[]): Variant<T> => ({ value, mistakes, cost: 1 });

/** Variants of each property by its name. */
export type Axes<T> = { readonly [Name in keyof T]: readonly Variant<T[Name]>[] };

/** Every combination that costs at most `most`, the cheapest first, else in the order of the axes. */
export function combine<T extends object>(axes: Axes<T>, most: number): readonly Variant<T>[] {
  let combined: Variant<Partial<T>>[] = [right({})];
  for (const name of Object.keys(axes) as (keyof T)[]) {
    // the keys of T are exactly those of its axes
    combined = combined.flatMap((left) =>
      axes[name]
        .filter(({ cost }) => left.cost + cost <= most)
        .map((each) => ({
          value: { ...left.value, [name]: each.value },
          mistakes: [...left.mistakes, ...each.mistakes],
          cost: left.cost + each.cost,
        })),
    );
  }
  const complete = combined as Variant<T>[]; // every property has been set by its axis
  return complete.sort((a, b) => a.cost - b.cost);
}

/** The first of the variants that share a key. */
export function distinct<T>(variants: readonly Variant<T>[], keyOf: (value: T) => string): readonly Variant<T>[] {
  const seen = new Map<string, Variant<T>>();
  for (const each of variants) {
    const key = keyOf(each.value);
    if (!seen.has(key)) seen.set(key, each);
  }
  return [...seen.values()];
}
