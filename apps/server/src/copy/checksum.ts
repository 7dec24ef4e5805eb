import { createHash } from 'node:crypto';
import { storable } from '../ledger/postgres-client.ts';
import type { Row } from './side.ts';

/** How many rows a table has, and what they are, whatever order they are read in. */
export interface Checksum {
  readonly rows: number;
  /** 32 hex digits. */
  readonly digest: string;
}

const modulus = 2n ** 128n;

/** Adds up a hash of each row, so that databases which sort differently agree. Texts count as PostgreSQL keeps them. */
export async function checksum(batches: AsyncIterable<readonly Row[]>): Promise<Checksum> {
  const sum = checksumming();
  for await (const batch of batches) sum.add(batch);
  return sum.result();
}

/** The same for rows that are used for something else besides. */
export function checksumming(): { add(batch: readonly Row[]): void; result(): Checksum } {
  let rows = 0;
  let sum = 0n;
  return {
    add(batch) {
      for (const row of batch) sum = (sum + hashOf(row)) % modulus;
      rows += batch.length;
    },
    result: () => ({ rows, digest: sum.toString(16).padStart(32, '0') }),
  };
}

function hashOf(row: Row): bigint {
  const hash = createHash('sha256');
  for (const value of row) {
    // The kind and length of each value, so that no two rows are written alike.
    const bytes = value instanceof Uint8Array ? value : Buffer.from(value === null ? '' : String(storable(value)));
    const kind = value === null ? 'null' : value instanceof Uint8Array ? 'bytes' : typeof value;
    hash.update(`${kind} ${bytes.length} `).update(bytes);
  }
  return BigInt(`0x${hash.digest('hex').slice(0, 32)}`);
}
