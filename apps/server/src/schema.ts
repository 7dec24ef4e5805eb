import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type ConfirmationTables, createConfirmationTables } from './confirmation/tables.ts';
import { createLedgerTables, type LedgerTables } from './ledger/tables.ts';
import { createLicenseTables, type LicenseTables } from './licenses/tables.ts';

/** Every table of the server's database; each room defines its own. */
export interface Tables extends LedgerTables, LicenseTables, ConfirmationTables {}

/** The schema's history, oldest first. A change is a new entry, never an edit. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-license-codes': {
    async up(db: Kysely<unknown>) {
      await createLedgerTables(db);
      await createLicenseTables(db);
      await createConfirmationTables(db);
    },
  },
};
