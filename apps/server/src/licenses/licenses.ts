import type { DatabaseSync } from 'node:sqlite';
import type { Answered } from '../ledger/receipts.ts';
import type { LicenseCommand } from './command.ts';
import { decide, type Rules } from './decide.ts';
import type { AppliedLine, License } from './license.ts';
import type { LicenseRow } from './tables.ts';

/** The room of the licenses: commands come in inside a transaction, answers go out. */
export interface Licenses {
  /** Finds the license and the order line, decides, and keeps what was decided. `now` in milliseconds since the epoch. */
  apply(command: LicenseCommand, now: number): Answered;
  find(code: string): StoredLicense | undefined;
  /** Inside a transaction: sets the expiry the store told. `now` in milliseconds since the epoch. */
  correctExpiry(stored: StoredLicense, expiresAt: number, now: number): void;
}

export interface StoredLicense {
  readonly license: License;
  readonly revision: number;
}

/** `verifyAdoptions`: whether a code that is taken in should be looked up at the store afterwards (R19). */
export function sqliteLicenses(
  connection: DatabaseSync,
  rules: Rules & { readonly verifyAdoptions: boolean },
): Licenses {
  const select = connection.prepare('SELECT * FROM licenses WHERE code = ?');
  const upsert = connection.prepare(
    `INSERT INTO licenses (code, status, expires_at, status_at, renewed, cancelled, revision, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (code) DO UPDATE SET status = excluded.status, expires_at = excluded.expires_at,
       status_at = excluded.status_at, renewed = excluded.renewed, cancelled = excluded.cancelled,
       revision = excluded.revision, updated_at = excluded.updated_at`,
  );
  const selectLine = connection.prepare(
    'SELECT subject, expires_at FROM order_lines WHERE order_id = ? AND order_line_id = ? AND activity = ? AND scene = ?',
  );
  const insertLine = connection.prepare(
    `INSERT INTO order_lines (order_id, order_line_id, activity, scene, subject, expires_at, product_id, applied_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const askConfirmation = connection.prepare(
    `INSERT INTO confirmations (license, reason, order_id, order_line_id, attempts, next_attempt_at, problem)
     VALUES (?, ?, ?, ?, 0, ?, NULL)
     ON CONFLICT (license) DO UPDATE SET reason = excluded.reason, order_id = excluded.order_id,
       order_line_id = excluded.order_line_id, attempts = 0, next_attempt_at = excluded.next_attempt_at, problem = NULL`,
  );
  const withdrawExpiry = connection.prepare(`DELETE FROM confirmations WHERE license = ? AND reason = 'expiry'`);

  const find = (code: string): StoredLicense | undefined => {
    // The columns are those of LicenseRow: tables.ts made them.
    const row = select.get(code) as LicenseRow | undefined;
    return row === undefined ? undefined : { license: fromRow(row), revision: row.revision };
  };

  const save = (license: License, revision: number, now: number): void => {
    const { code, status, expiresAt, statusAt, renewed, cancelled } = license;
    upsert.run(code, status, expiresAt, statusAt, Number(renewed), Number(cancelled), revision, now);
  };

  const appliedLine = (command: LicenseCommand): AppliedLine | undefined => {
    if (command.activity !== 'refreshLicenseCode') return undefined;
    const { orderId, orderLineId, activity, scene } = command;
    const row = selectLine.get(orderId, orderLineId, activity, scene) as
      | { subject: string; expires_at: number }
      | undefined;
    return row === undefined ? undefined : { license: row.subject, expiresAt: row.expires_at };
  };

  return {
    find,
    apply(command, now) {
      const known = find(command.license);
      const decision = decide(known?.license, appliedLine(command), command, rules);
      if (decision.license !== undefined) save(decision.license, (known?.revision ?? 0) + 1, now);
      if (command.activity === 'refreshLicenseCode' && decision.line !== undefined) {
        const { orderId, orderLineId, activity, scene, productId = null } = command;
        const { license, expiresAt } = decision.line;
        insertLine.run(orderId, orderLineId, activity, scene, license, expiresAt, productId, now);
        if (decision.confirmExpiry === 'ask') askConfirmation.run(license, 'expiry', orderId, orderLineId, now);
      }
      if (decision.confirmExpiry === 'withdraw') withdrawExpiry.run(command.license);
      const adopted = known === undefined && decision.license !== undefined;
      if (adopted && rules.verifyAdoptions && decision.confirmExpiry !== 'ask') {
        askConfirmation.run(command.license, 'adoption', null, null, now);
      }
      return { answer: decision.answer, conflict: decision.conflict };
    },
    correctExpiry: ({ license, revision }, expiresAt, now) => save({ ...license, expiresAt }, revision + 1, now),
  };
}

const fromRow = (row: LicenseRow): License => ({
  code: row.code,
  status: row.status,
  expiresAt: row.expires_at,
  statusAt: row.status_at,
  renewed: row.renewed === 1,
  cancelled: row.cancelled === 1,
});
