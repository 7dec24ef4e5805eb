import type { Ledger } from './ledger.ts';
import type { Receipts } from './receipts.ts';

const dayMs = 24 * 60 * 60_000;

/** Deletes receipts older than `days`, a bounded number per transaction. Returns how many. Order lines and state stay. */
export async function pruneReceipts(ledger: Ledger, receipts: Receipts, days: number, now: number): Promise<number> {
  let pruned = 0;
  for (;;) {
    const step = await ledger.run(() => receipts.prune(now - days * dayMs));
    if (step === 0) return pruned;
    pruned += step;
  }
}
