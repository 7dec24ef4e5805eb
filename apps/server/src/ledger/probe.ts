import { randomBytes } from 'node:crypto';
import { statement, type Work } from './work.ts';

/** More than a callback writes, so that the probe of a disk that runs full fails no later than the callbacks do. */
const probeBytes = 64 * 1024;

const write = statement('UPDATE durability_check SET filling = ?');

/** A write that changes nothing anybody reads, for whoever asks whether the ledger can be written to. */
export function* probe(): Work<void> {
  yield* write.run(randomBytes(probeBytes));
}
