import type { Questions } from '../confirmation/questions.ts';
import type { LineKey, OrderLines } from '../ledger/order-lines.ts';
import { type Answered, lineOutcome } from '../ledger/receipts.ts';
import { statement, together, type Work } from '../ledger/work.ts';
import { lifeOf } from '../life/tables.ts';
import type { Announce } from '../outbox/new-event.ts';
import type { LicenseCommand } from './command.ts';
import { decide, type Rules } from './decide.ts';
import { licenseEvents } from './events.ts';
import type { License } from './license.ts';
import type { LicenseRow } from './tables.ts';

/** The room of the licenses: commands come in inside a transaction, answers go out. */
export interface Licenses {
  /** Finds the license and the order line, decides, and keeps what was decided. `now` in milliseconds since the epoch. */
  apply(command: LicenseCommand, now: number): Work<Answered>;
  find(code: string): Work<StoredLicense | undefined>;
  /** Inside a transaction: sets the expiry the store told. `now` in milliseconds since the epoch. */
  correctExpiry(stored: StoredLicense, expiresAt: number, now: number): Work<void>;
}

export interface StoredLicense {
  readonly license: License;
  readonly revision: number;
}

export interface LicensesNeed {
  readonly orderLines: OrderLines;
  readonly questions: Questions;
  readonly announce: Announce;
  /** `verifyAdoptions`: whether a code that is taken in should be looked up at the store afterwards (R19). */
  readonly rules: Rules & { readonly verifyAdoptions: boolean };
}

const select = statement<LicenseRow>('SELECT * FROM licenses WHERE code = ?');
const upsert = statement(
  `INSERT INTO licenses (code, status, expires_at, status_at, renewed, cancelled, revision, updated_at)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?)
   ON CONFLICT (code) DO UPDATE SET status = excluded.status, expires_at = excluded.expires_at,
     status_at = excluded.status_at, renewed = excluded.renewed, cancelled = excluded.cancelled,
     revision = excluded.revision, updated_at = excluded.updated_at
   WHERE licenses.revision = excluded.revision - 1`,
);

export function openLicenses({ orderLines, questions, announce, rules }: LicensesNeed): Licenses {
  function* find(code: string): Work<StoredLicense | undefined> {
    const row = yield* select.first(code);
    return row === undefined ? undefined : { license: { ...lifeOf(row), code }, revision: row.revision };
  }

  function* save(license: License, revision: number, now: number): Work<void> {
    const { code, status, expiresAt, statusAt, renewed, cancelled } = license;
    const flags = [Number(renewed), Number(cancelled)];
    yield* upsert.change(code, status, expiresAt, statusAt, ...flags, revision, now);
  }

  return {
    find,
    *apply(command, now) {
      const key = lineKey(command);
      const [known, applied] = yield* together(find(command.license), orderLines.find(key));
      const decision = decide(known?.license, applied, command, rules);
      if (decision.license !== undefined) yield* save(decision.license, (known?.revision ?? 0) + 1, now);
      if (key !== undefined && decision.line !== undefined) {
        yield* orderLines.add(key, decision.line, key.productId ?? null, now);
        if (decision.confirmExpiry === 'ask') yield* questions.expiry('license', command.license, key, now);
      }
      if (decision.confirmExpiry === 'withdraw') yield* questions.withdrawExpiry('license', command.license);
      const adopted = known === undefined && decision.license !== undefined;
      if (adopted && rules.verifyAdoptions && decision.confirmExpiry !== 'ask')
        yield* questions.adoption(command.license, now);
      for (const event of licenseEvents(known?.license, decision.license, command)) yield* announce(event, now);
      const { answer, conflict, line } = decision;
      return { answer, conflict, line: lineOutcome(applied !== undefined, conflict, line !== undefined) };
    },
    correctExpiry: ({ license, revision }, expiresAt, now) => save({ ...license, expiresAt }, revision + 1, now),
  };
}

const lineKey = (command: LicenseCommand): (LineKey & { productId?: string | undefined }) | undefined =>
  command.activity === 'refreshLicenseCode' ? command : undefined;
