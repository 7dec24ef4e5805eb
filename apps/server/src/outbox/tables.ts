import { type Kysely, sql } from 'kysely';
import { dialectOf } from '../ledger/dialect.ts';

export interface OutboxTables {
  outbox: OutboxRow;
}

/** Where events go: to the seller's systems by HTTP, and to the seller's provisioning handlers in this process. */
export const channels = ['webhook', 'handler'] as const;
export type Channel = (typeof channels)[number];

/**
 * One event on its way through one channel. The rows of a channel and subject that are not dead form a line, in the
 * order of their ids; only its head has a next attempt. Removed when it was delivered.
 */
export interface OutboxRow {
  id: number;
  channel: Channel;
  /** The same in every channel, and at every attempt. */
  event_id: string;
  type: string;
  subject: string;
  /** The event's data as JSON, sealed (R27). */
  payload: Uint8Array;
  created_at: number;
  attempts: number;
  /** Null while it waits behind another of its line, and when it is dead. */
  next_attempt_at: number | null;
  /** When it was given up. */
  dead_at: number | null;
  /** Why the last attempt failed. */
  problem: string | null;
  /** Until when the process that took it may be at it; null when none is. */
  claimed_until: number | null;
  /** Counts the claims, so that whoever comes late with an outcome is known. */
  generation: number;
}

export async function createOutboxTables(db: Kysely<unknown>): Promise<void> {
  const dialect = dialectOf(db);
  await db.schema
    .createTable('outbox')
    .addColumn('id', dialect.counter, dialect.counting)
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('event_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('payload', dialect.bytes, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_attempt_at', 'bigint')
    .addColumn('dead_at', 'bigint')
    .addColumn('problem', 'text')
    .execute();
  await db.schema
    .createIndex('outbox_due')
    .on('outbox')
    .columns(['channel', 'next_attempt_at'])
    .where(sql.ref('next_attempt_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('outbox_line')
    .on('outbox')
    .columns(['channel', 'subject', 'id'])
    .where(sql.ref('dead_at'), 'is', null)
    .execute();
  await db.schema
    .createIndex('outbox_dead')
    .on('outbox')
    .columns(['id', 'channel'])
    .where(sql.ref('dead_at'), 'is not', null)
    .execute();
  await db.schema.createIndex('outbox_event').on('outbox').column('event_id').execute();
}

/** Lets a process take a row for itself, for a while. */
export async function widenOutboxTables(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('outbox').addColumn('claimed_until', 'bigint').execute();
  await db.schema
    .alterTable('outbox')
    .addColumn('generation', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}

/** The attempts that were begun stay counted, so the next one comes after its pause. */
export const giveUpClaims = 'UPDATE outbox SET claimed_until = NULL WHERE claimed_until IS NOT NULL';
