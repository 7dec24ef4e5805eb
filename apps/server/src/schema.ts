import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type ConfirmationTables, createConfirmationTables, widenConfirmationTables } from './confirmation/tables.ts';
import { createInstanceTables, type InstanceTables } from './instances/tables.ts';
import {
  createLedgerTables,
  createSharingTables,
  giveUpLeases,
  type LedgerTables,
  widenLedgerTables,
} from './ledger/tables.ts';
import { createLicenseTables, type LicenseTables } from './licenses/tables.ts';
import { createOrderTables, type OrderTables } from './orders/tables.ts';
import { createOutboxTables, giveUpClaims, type OutboxTables, widenOutboxTables } from './outbox/tables.ts';
import { createStorageTables, type StorageTables } from './storage/tables.ts';
import { createTenantTables, type TenantTables } from './tenants/tables.ts';

/** Every table of the server's database; each room defines its own. */
export interface Tables
  extends LedgerTables,
    LicenseTables,
    ConfirmationTables,
    InstanceTables,
    OrderTables,
    TenantTables,
    OutboxTables,
    StorageTables {}

/** What gives back everything that processes took for a while, once it is known that none of them is there any more. */
export const leftBehind: readonly string[] = [giveUpLeases, giveUpClaims];

/** The schema's history, oldest first. A change is a new entry, never an edit. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-license-codes': {
    async up(db: Kysely<unknown>) {
      await createLedgerTables(db);
      await createLicenseTables(db);
      await createConfirmationTables(db);
    },
  },
  '0002-every-interface': {
    async up(db: Kysely<unknown>) {
      await widenLedgerTables(db);
      await widenConfirmationTables(db);
      await createInstanceTables(db);
      await createOrderTables(db);
      await createTenantTables(db);
      await createOutboxTables(db);
      await createStorageTables(db);
    },
  },
  '0003-replicas': {
    async up(db: Kysely<unknown>) {
      await createSharingTables(db);
      await widenOutboxTables(db);
    },
  },
};
