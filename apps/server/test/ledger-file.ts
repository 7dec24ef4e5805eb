import { DatabaseSync } from 'node:sqlite';
import type { ConfirmationRow } from '../src/confirmation/tables.ts';
import type { InstanceRow, LicenseApplicationRow } from '../src/instances/tables.ts';
import type { OrderLineRow, ReceiptRow } from '../src/ledger/tables.ts';
import type { LicenseRow } from '../src/licenses/tables.ts';
import type { OrderRow } from '../src/orders/tables.ts';
import type { OutboxRow } from '../src/outbox/tables.ts';

/** Everything a ledger's file holds, read through a connection of its own while the server runs. */
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

export function readLedger(file: string): LedgerContent {
  const connection = new DatabaseSync(file, { readOnly: true });
  const all = <Row>(table: string, order: string): Row[] =>
    // tables.ts made the columns; the copy drops SQLite's null prototype, so that rows compare like objects
    connection
      .prepare(`SELECT * FROM ${table} ORDER BY ${order}`)
      .all()
      .map((row) => ({ ...row })) as Row[];
  try {
    return {
      receipts: all<ReceiptRow>('receipts', 'id'),
      orderLines: all<OrderLineRow>('order_lines', 'order_id, order_line_id, activity, scene'),
      licenses: all<LicenseRow>('licenses', 'code'),
      confirmations: all<ConfirmationRow>('confirmations', 'about, subject'),
      instances: all<InstanceRow>('instances', 'instance_id'),
      applications: all<LicenseApplicationRow>('license_applications', 'event_id'),
      orders: all<OrderRow>('orders', 'order_id, order_line_id'),
      outbox: all<OutboxRow>('outbox', 'id'),
    };
  } finally {
    connection.close();
  }
}

/** Holds the write lock of a ledger's file until it is called again. */
export function lockLedger(file: string): () => void {
  const connection = new DatabaseSync(file, { timeout: 1_000 });
  connection.exec('BEGIN IMMEDIATE');
  return () => {
    connection.exec('ROLLBACK');
    connection.close();
  };
}
