import type { DatabaseSync } from 'node:sqlite';
import { query } from '../database/query.ts';
import { blankStanding, Standing } from './standing.ts';

export interface Standings {
  of(listing: string): Standing;
  save(standing: Standing): void;
  /** Nothing has failed yet. */
  clear(listing: string): void;
}

export function storedStandings(database: DatabaseSync): Standings {
  const byListing = query(database, Standing, 'SELECT * FROM standings WHERE listing = $listing');
  const upsert = database.prepare(
    `INSERT INTO standings VALUES ($listing, $failedOrders, $lastFailedOrderAt, $probeFailureDays, $lastFailedProbeAt)
     ON CONFLICT (listing) DO UPDATE SET failedOrders = $failedOrders, lastFailedOrderAt = $lastFailedOrderAt,
       probeFailureDays = $probeFailureDays, lastFailedProbeAt = $lastFailedProbeAt`,
  );
  const remove = database.prepare('DELETE FROM standings WHERE listing = $listing');
  return {
    of: (listing) => byListing.one({ listing }) ?? blankStanding(listing),
    save: (standing) => void upsert.run({ ...standing }),
    clear: (listing) => void remove.run({ listing }),
  };
}
