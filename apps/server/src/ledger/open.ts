import type { LedgerDatabase } from './ledger.ts';

/** Where the ledger is kept. */
export type DatabaseAddress =
  /** A file; a database in memory is refused, because it loses what was acknowledged (R20). */
  | { readonly kind: 'sqlite'; readonly file: string }
  /** At most so many connections at a time. The URL may hold a password, which no message tells. */
  | { readonly kind: 'postgres'; readonly url: string; readonly connections: number };

/** Opens the ledger and brings its schema up to date. Rejects when it is not to be had or would not be durable (R20). */
export async function openLedger(address: DatabaseAddress): Promise<LedgerDatabase> {
  if (address.kind === 'sqlite') {
    const { openDatabase } = await import('./database.ts');
    return openDatabase(address.file);
  }
  const { openPostgres } = await import('./postgres-database.ts');
  return openPostgres(address);
}
