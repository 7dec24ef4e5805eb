import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { query } from './query.ts';

/** The seed of these records; `seed` becomes it when there is none yet. */
export function storedSeed(database: DatabaseSync, seed: string): string {
  database.prepare('INSERT INTO seed (id, seed) VALUES (1, $seed) ON CONFLICT DO NOTHING').run({ seed });
  return query(database, z.object({ seed: z.string() }), 'SELECT seed FROM seed').one()?.seed ?? seed;
}
