import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { migrations, type Tables } from '../schema.ts';
import type { LedgerDatabase } from './ledger.ts';
import { postgresPool, problemOf, storable } from './postgres-client.ts';
import { postgresLedger } from './postgres-ledger.ts';

export interface PostgresAddress {
  readonly url: string;
  /** The most connections at a time, of which all but two may write. */
  readonly connections: number;
}

/** Several transactions commit while others still ask; more than these only wait for each other. */
const mostWriters = 2;
/** How long closing waits for connections that are in use. */
const closeMs = 250;

/**
 * Opens the ledger in a PostgreSQL database and brings its schema up to date, one process at a time. Rejects when the
 * server cannot be reached, or would answer a commit before it is on disk (R20).
 */
export async function openPostgres({ url, connections }: PostgresAddress): Promise<LedgerDatabase> {
  try {
    await migrate(url);
  } catch (error) {
    const advice = 'DATABASE_URL must name a PostgreSQL database, empty or made by this server, that it may write to.';
    throw new Error(`the ledger in PostgreSQL cannot be opened: ${problemOf(error)}. ${advice}`, { cause: error });
  }
  const pool = postgresPool({ url, max: connections });
  const queries = kysely(pool);
  return {
    ledger: postgresLedger(pool, Math.max(1, Math.min(mostWriters, connections - 2))),
    queries,
    close: () => Promise.race([pool.end(), new Promise<void>((resolve) => setTimeout(resolve, closeMs))]),
  };
}

/** On a connection of its own, because a migration may take long and others that start wait for it. */
async function migrate(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000 });
  pool.on('error', () => undefined); // whoever uses the connection hears of it too
  const db = kysely(pool);
  try {
    await verifyDurability(pool);
    // Kysely locks its own table for the others, and opens one transaction for all.
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
    const { error } = await migrator.migrateToLatest();
    if (error === undefined) return;
    throw new Error(`its schema could not be brought up to date: ${problemOf(error)}`, { cause: error });
  } finally {
    await pool.end();
  }
}

/** Throws unless a commit is on disk when it returns (R20). */
export async function verifyDurability(pool: pg.Pool): Promise<void> {
  for (const setting of ['synchronous_commit', 'fsync']) {
    const { rows } = await pool.query(`SELECT current_setting($1) AS value`, [setting]);
    if (rows[0]?.value === 'off') throw new Error(`the ledger would not be durable: ${setting} is off`);
  }
}

/** The pool as Kysely's PostgreSQL dialect expects one. Whoever opened it ends it. */
function kysely(pool: pg.Pool): Kysely<Tables> {
  const connect = async () => {
    const client = await pool.connect();
    const query = (sql: string, parameters: readonly unknown[]) => client.query(sql, parameters.map(storable));
    // Kysely reads with a cursor only where it was given one, so this is the one way it asks.
    return { query, release: () => client.release() } as unknown as PostgresPoolClient;
  };
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: { connect, end: async () => undefined, options: {} } }),
  });
}
