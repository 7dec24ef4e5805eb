import type { Value } from '../ledger/work.ts';

/** One end of a copy: a database that is held for it alone, inside one transaction. */
export interface Side {
  /** Every table that holds something of the ledger, by name, with the names of its columns, sorted. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** The migrations that were applied, oldest first. */
  readonly migrations: readonly string[];
  /** Whether a table holds a row. */
  isFilled(table: string): Promise<boolean>;
  /** All rows in batches of bounded size, in any order; values in the order of the columns. */
  rows(table: string): AsyncIterable<readonly Row[]>;
  /** Adds rows, with values in the order of the columns. */
  insert(table: string, rows: readonly Row[]): Promise<void>;
  /** Lets ids count on from the highest that is there. */
  countOn(table: string): Promise<void>;
  commit(): Promise<void>;
  /** Gives the database back, without what was not committed. */
  close(): Promise<void>;
}

export type Row = readonly Value[];

/** Why a database cannot take part in a copy, in words for whoever asked for it. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}

/** A table that each database makes for itself, and whose content nobody reads. */
const ofItsOwn = 'durability_check';

export const isOfLedger = (table: string): boolean => table !== ofItsOwn && !/^(kysely|sqlite)_/.test(table);

export const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
