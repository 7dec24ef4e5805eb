import { statement, type Work } from './work.ts';

const write = statement('UPDATE durability_check SET at = at + 1');

/** A write that changes nothing anybody reads, for whoever asks whether the ledger can be written to. */
export function* probe(): Work<void> {
  yield* write.run();
}
