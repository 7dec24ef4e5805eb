import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { query } from './query.ts';

export interface Seed {
  current(): string;
  /** For tables that were emptied. */
  begin(seed: string): void;
}

/** The seed of these records; `first` becomes it when there is none yet. */
export function storedSeed(database: DatabaseSync, first: string): Seed {
  const insert = database.prepare('INSERT INTO seed (id, seed) VALUES (1, $seed) ON CONFLICT DO NOTHING');
  insert.run({ seed: first });
  const select = query(database, z.object({ seed: z.string() }), 'SELECT seed FROM seed');
  let seed = select.one()?.seed ?? first;
  return {
    current: () => seed,
    begin: (next) => {
      insert.run({ seed: next });
      seed = next;
    },
  };
}
