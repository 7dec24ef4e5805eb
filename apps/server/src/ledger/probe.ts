import { randomBytes } from 'node:crypto';
import { statement, type Work } from './work.ts';

/** More than a callback writes, so that the probe of a disk that runs full fails no later than the callbacks do. */
const largeBytes = 64 * 1024;
/** How often that much is written; in between a look costs one page, and shows everything but little room. */
const largePauseMs = 30_000;

const writeLittle = statement('UPDATE durability_check SET at = ?');
const writeMuch = statement('UPDATE durability_check SET filling = ?');

/** A write that changes nothing anybody reads, for whoever asks whether the ledger can be written to. */
export function* probe(): Work<void> {
  yield* writeMuch.run(randomBytes(largeBytes));
}

/** The same for many looks: a large write after a pause or a failure, small ones otherwise. `now` on any clock, in milliseconds. */
export function lookingProbe(write: (work: () => Work<void>) => Promise<void>, now: () => number): () => Promise<void> {
  let due = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = now();
    const isLarge = at >= due;
    try {
      await write(isLarge ? probe : () => little(at));
      if (isLarge) due = at + largePauseMs;
    } catch (error) {
      due = Number.NEGATIVE_INFINITY;
      throw error;
    }
  };
}

function* little(at: number): Work<void> {
  yield* writeLittle.run(Math.round(at));
}
