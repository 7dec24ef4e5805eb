import { DatabaseSync } from 'node:sqlite';
import type { ConfirmationRow } from '../src/confirmation/tables.ts';
import type { OrderLineRow, ReceiptRow } from '../src/ledger/tables.ts';
import type { LicenseRow } from '../src/licenses/tables.ts';

/** Everything a ledger's file holds, read through a connection of its own while the server runs. */
export interface LedgerContent {
  readonly receipts: readonly ReceiptRow[];
  readonly orderLines: readonly OrderLineRow[];
  readonly licenses: readonly LicenseRow[];
  readonly confirmations: readonly ConfirmationRow[];
}

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
