import type { Ledger } from './ledger.ts';
import { receipts } from './receipts.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * Deletes receipts older than `days`, a bounded number per transaction, until none is left or `stopping`. Returns how
 * many. Order lines and state stay.
 */
export async function pruneReceipts(ledger: Ledger, days: number, now: number, stopping: AbortSignal): Promise<number> {
  let pruned = 0;
  while (!stopping.aborted) {
    const step = await ledger.run([], () => receipts.prune(now - days * dayMs));
    if (step === 0) break;
    pruned += step;
  }
  return pruned;
}
