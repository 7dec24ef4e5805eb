import { DatabaseSync } from 'node:sqlite';
import type { ConfirmationRow } from '../src/confirmation/tables.ts';
import type { InstanceRow, LicenseApplicationRow } from '../src/instances/tables.ts';
import type { OrderLineRow, ReceiptRow } from '../src/ledger/tables.ts';
import type { LicenseRow } from '../src/licenses/tables.ts';
import type { OrderRow } from '../src/orders/tables.ts';
import type { OutboxRow } from '../src/outbox/tables.ts';
import { fileOf, rowsOf } from './database.ts';
import { lockTables } from './postgres/databases.ts';

/** Everything a ledger holds, read through a connection of its own while the server runs. */
export interface LedgerContent {
  readonly receipts: readonly ReceiptRow[];
  readonly orderLines: readonly OrderLineRow[];
  readonly licenses: readonly LicenseRow[];
  readonly confirmations: readonly ConfirmationRow[];
  readonly instances: readonly InstanceRow[];
  readonly applications: readonly LicenseApplicationRow[];
  readonly orders: readonly OrderRow[];
  readonly outbox: readonly OutboxRow[];
}

/** What a ledger holds beside its receipts before anything happened. */
export const nothing: Omit<LedgerContent, 'receipts'> = {
  orderLines: [],
  licenses: [],
  confirmations: [],
  instances: [],
  applications: [],
  orders: [],
  outbox: [],
};

export async function readLedger(url: string): Promise<LedgerContent> {
  const all = <Row>(table: string, order: string) => rowsOf<Row>(url, `SELECT * FROM ${table} ORDER BY ${order}`);
  const [receipts, orderLines, licenses, confirmations, instances, applications, orders, outbox] = await Promise.all([
    all<ReceiptRow>('receipts', 'id'),
    all<OrderLineRow>('order_lines', 'order_id, order_line_id, activity, scene'),
    all<LicenseRow>('licenses', 'code'),
    all<ConfirmationRow>('confirmations', 'about, subject'),
    all<InstanceRow>('instances', 'instance_id'),
    all<LicenseApplicationRow>('license_applications', 'event_id'),
    all<OrderRow>('orders', 'order_id, order_line_id'),
    all<OutboxRow>('outbox', 'id'),
  ]);
  return { receipts, orderLines, licenses, confirmations, instances, applications, orders, outbox };
}

/** Lets nobody write to a database until it is called again. */
export async function lockLedger(url: string): Promise<() => Promise<void>> {
  if (url.startsWith('postgres:')) return lockTables(url);
  const unlock = lockFile(fileOf(url));
  return async () => unlock();
}

/** Holds the write lock of a SQLite file until it is called again. */
export function lockFile(file: string): () => void {
  const connection = new DatabaseSync(file, { timeout: 1_000 });
  connection.exec('BEGIN IMMEDIATE');
  return () => {
    if (connection.isOpen) connection.close();
  };
}
