import type { Steps } from '../reference/steps.ts';

/** A small seller's server that breaks one clause: the reference with one step done otherwise. */
export interface Mutant {
  /** The case that must fail it, without its profile: `{family}.{slug}`. */
  readonly breaks: string;
  /** Made anew for each run, because it may remember. */
  readonly steps: () => Partial<Steps>;
  /** Answers late: it meets the rest of its family in the full matrix only. */
  readonly slow?: true;
}

export const mutantsOf = (family: string, broken: Readonly<Record<string, () => Partial<Steps>>>): readonly Mutant[] =>
  Object.entries(broken).map(([slug, steps]) => ({ breaks: `${family}.${slug}`, steps }));
