import type { Ledger } from './ledger.ts';
import type { Work } from './work.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * Deletes what is older than `days`, a bounded number per transaction, until none is left or `stopping`. Returns how
 * many. `prune` is given the instant, and tells how many it deleted.
 */
export async function pruneOld(
  ledger: Ledger,
  prune: (instant: number) => Work<number>,
  days: number,
  now: number,
  stopping: AbortSignal,
): Promise<number> {
  let pruned = 0;
  while (!stopping.aborted) {
    const step = await ledger.run([], () => prune(now - days * dayMs));
    if (step === 0) break;
    pruned += step;
  }
  return pruned;
}
