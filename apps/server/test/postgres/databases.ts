import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

/** The tables of the schema that a test may have filled. */
const filled = [
  'receipts',
  'order_lines',
  'licenses',
  'confirmations',
  'instances',
  'license_applications',
  'orders',
  'tenant_records',
  'outbox',
  'storage_key_check',
  'leases',
];

let count = 0;
const free: string[] = [];

/** An empty database of the newest schema, to be given back when nothing uses it any more. */
export async function borrowDatabase(): Promise<{ readonly url: string; giveBack(): Promise<void> }> {
  const server = inject('postgres');
  let name = free.pop();
  if (name === undefined) {
    count += 1;
    name = `test_${process.env['VITEST_POOL_ID']}_${process.pid}_${count}_${Date.now()}`;
    await asked(`${server}/postgres`, `CREATE DATABASE ${name} TEMPLATE template_ledger`);
  }
  const own = name;
  const url = `${server}/${own}`;
  return {
    url,
    async giveBack() {
      // Small tables are emptied faster than they are made anew.
      const numbers = ['receipts', 'outbox'].map((table) => `ALTER SEQUENCE ${table}_id_seq RESTART`);
      await asked(url, [...filled.map((table) => `DELETE FROM ${table}`), ...numbers].join('; '));
      free.push(own);
    },
  };
}

/** A database with nothing in it, not even the schema, that is gone when the test is over. */
export async function bareDatabase(): Promise<string> {
  const server = inject('postgres');
  const name = `bare_${randomUUID().replaceAll('-', '')}`;
  await asked(`${server}/postgres`, `CREATE DATABASE ${name}`);
  onTestFinished(() => void asked(`${server}/postgres`, `DROP DATABASE ${name} WITH (FORCE)`));
  return `${server}/${name}`;
}

const pools = new Map<string, pg.Pool>();

/** Asks on a connection that no server uses. */
export async function asked(url: string, sql: string, values?: unknown[]): Promise<readonly Row[]> {
  let pool = pools.get(url);
  if (pool === undefined) {
    pool = new pg.Pool({
      connectionString: url,
      max: 2,
      idleTimeoutMillis: 2_000,
      allowExitOnIdle: true,
      types: { getTypeParser: (oid) => (oid === 20 ? Number : pg.types.getTypeParser(oid)) },
    });
    pool.on('error', () => undefined); // its server was stopped
    pools.set(url, pool);
  }
  return (await pool.query(sql, values)).rows;
}

/** Holds locks on every table that let others read and not write, until it is called again. */
export async function lockTables(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE ${[...filled, 'durability_check'].join(', ')} IN EXCLUSIVE MODE`);
  let ended: Promise<void> | undefined;
  return () => {
    ended ??= client.end();
    return ended;
  };
}

type Row = Record<string, unknown>;
