import { allCases, type Case, runSuite, type SuiteReport } from '../../src/index.ts';
import { mutants } from '../mutants/mutants.ts';
import { keys, retiredKeys } from '../reference/keys.ts';
import { startReference } from '../reference/seller.ts';
import type { Steps } from '../reference/steps.ts';

/** A mutant in one profile, and what the cases made of it. */
export interface Kill {
  readonly target: Case;
  /** The target failed or warned. */
  readonly killed: boolean;
  /** Whatever else it tripped. */
  readonly alsoTripped: readonly string[];
  readonly seen: string;
}

export interface Trial {
  readonly target: Case;
  readonly steps: () => Partial<Steps>;
  readonly slow: boolean;
}

const named = new Set(mutants.map(({ breaks }) => breaks));

/** Every mutant in every profile that has the case it breaks; one that names the profile stands in for the general one. */
export const trials: readonly Trial[] = mutants.flatMap(({ breaks, steps, slow = false }) =>
  allCases
    .filter(({ family, slug, id }) => id === breaks || (`${family}.${slug}` === breaks && !named.has(id)))
    .map((target) => ({ target, steps, slow })),
);

/** Runs the cases whose ids start with one of `only`, all of one profile, against the reference, or a mutant of it. */
export async function runAgainst(
  steps: Partial<Steps>,
  only: readonly string[],
  parallel = 1,
  strict = false,
): Promise<SuiteReport> {
  const seller = await startReference(keys, steps);
  try {
    return await runSuite({
      address: seller.url,
      keys,
      retiredKeys,
      profiles: [only[0]?.split('.')[0] as Case['profile']], // ids start with a profile
      only,
      probe: { url: seller.probe, token: undefined },
      restart: async () => seller.restart(),
      serverLog: async () => seller.log(),
      timeoutMs: 20_000,
      parallel,
      strict,
    });
  } finally {
    await seller.stop();
  }
}

export async function runTrial({ target, steps }: Trial, only: readonly string[]): Promise<Kill> {
  const { results } = await runAgainst(steps(), only);
  const tripped = results.filter(({ verdict }) => verdict === 'failed' || verdict === 'warned');
  const own = results.find(({ case: each }) => each.id === target.id);
  return {
    target,
    killed: tripped.some(({ case: each }) => each.id === target.id),
    alsoTripped: tripped.map(({ case: each }) => each.id).filter((id) => id !== target.id),
    seen: own?.deviation?.seen.en ?? own?.reason?.en ?? own?.verdict ?? 'not run',
  };
}

/** Runs trials side by side. */
export async function runTrials(
  chosen: readonly Trial[],
  only: (trial: Trial) => readonly string[],
  parallel: number,
): Promise<readonly Kill[]> {
  const kills: Kill[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let trial = chosen[next]; trial !== undefined; trial = chosen[next]) {
      next += 1;
      kills.push(await runTrial(trial, only(trial)));
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return kills;
}
