import { Socket } from 'node:net';
import pg from 'pg';

/** What is kept of how a connection is made; `max` connections at a time. */
export interface PostgresNeed {
  /** `postgres://…`; it may hold a password, which no error tells. */
  readonly url: string;
  readonly max: number;
}

/** The server did not take a statement, or nobody knows whether it did: it is down, restarting, or out of reach. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';

  constructor(cause: unknown) {
    super(`PostgreSQL cannot be reached: ${problemOf(cause)}`, { cause });
  }
}

/** What went wrong; of a connection that was tried at several addresses Node tells no more than the code. */
export const problemOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.message !== '' || !('code' in error) ? error.message : String(error.code);
};

const int8 = 20;

/** Instants and ids stay far below 2^53. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text'),
};

/** Sends what is asked within one turn with one system call. */
class TurnSocket extends Socket {
  override uncork(): void {
    process.nextTick(() => super.uncork());
  }
}

/**
 * Connections that give up on what takes too long, so that a callback is answered within its 5 seconds (R9): a statement
 * that waits, a network that swallows everything, a process that was stopped in the midst of a transaction.
 */
export function postgresPool({ url, max }: PostgresNeed): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    stream: () => new TurnSocket(),
    max,
    types,
    pipeline: true,
    application_name: 'koobridge-server',
    connectionTimeoutMillis: 2_000,
    statement_timeout: 3_500,
    query_timeout: 4_000,
    idle_in_transaction_session_timeout: 3_000,
    keepAlive: true,
  });
  const lost = (): void => undefined; // whoever uses the connection hears of it from their own statement
  pool.on('error', lost);
  pool.on('connect', (client) => void client.on('error', lost));
  return pool;
}

/** Text without U+0000, which PostgreSQL cannot hold and the store has no use for; U+FFFD stands in its place. */
export const storable = <T>(value: T): T | string =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;

/** Asks one statement. Rejects with DatabaseUnreachable, or with the `pg.DatabaseError` of a statement that failed. */
export async function ask(client: pg.ClientBase, query: pg.QueryConfig): Promise<pg.QueryResult> {
  try {
    return await client.query(query);
  } catch (error) {
    throw isRefused(error) ? error : new DatabaseUnreachable(error);
  }
}

/** Connection failures, a shutdown, a start, no room, a session that was ended, a server that became a standby. */
const unreachable = /^(08...|57P0[1-5]|53300|25P0[34]|25006)$/;

/** Whether the server looked at a statement and refused it. */
const isRefused = (error: unknown): error is pg.DatabaseError =>
  error instanceof pg.DatabaseError && !unreachable.test(error.code ?? '');

/** Like Promise.all, but leaves nothing under way when one fails. */
export async function all<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
