import type { Kysely } from 'kysely';

export interface ConfirmationTables {
  confirmations: ConfirmationRow;
}

export type QuestionAbout = 'license' | 'instance' | 'order';

/** A question that only the store's own data can settle: an expiry (R16), an adopted license (R19), what was bought. */
export interface ConfirmationRow {
  about: QuestionAbout;
  /** The license, the instance, or the order line as a JSON array. */
  subject: string;
  reason: 'expiry' | 'adoption' | 'order';
  /** The order line after which the question arose; null for an adoption. */
  order_id: string | null;
  order_line_id: string | null;
  attempts: number;
  next_attempt_at: number;
  /** Why the last attempt settled nothing. */
  problem: string | null;
}

/** The table as it was when there were only licenses. */
export async function createConfirmationTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('confirmations')
    .addColumn('license', 'text', (column) => column.primaryKey())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('order_id', 'text')
    .addColumn('order_line_id', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
    .addColumn('problem', 'text')
    .execute();
}

/** Lets a question be about an instance or an order line too. */
export async function widenConfirmationTables(given: Kysely<unknown>): Promise<void> {
  const db = given.withTables<{ confirmations: ConfirmationRow; of_licenses: OfLicense }>();
  await db.schema.alterTable('confirmations').renameTo('of_licenses').execute();
  await db.schema
    .createTable('confirmations')
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('order_id', 'text')
    .addColumn('order_line_id', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
    .addColumn('problem', 'text')
    .addPrimaryKeyConstraint('confirmations_key', ['about', 'subject'])
    .execute();
  const rest = ['reason', 'order_id', 'order_line_id', 'attempts', 'next_attempt_at', 'problem'] as const;
  await db
    .insertInto('confirmations')
    .columns(['about', 'subject', ...rest])
    .expression((from) =>
      from.selectFrom('of_licenses').select((row) => [row.val('license').as('about'), 'license', ...rest]),
    )
    .execute();
  await db.schema.dropTable('of_licenses').execute();
  await db.schema.createIndex('confirmations_due').on('confirmations').column('next_attempt_at').execute();
}

type OfLicense = Omit<ConfirmationRow, 'about' | 'subject'> & { license: string };
