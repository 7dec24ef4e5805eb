import pg from 'pg';
import { problemOf, storable, types } from '../ledger/postgres-client.ts';
import { CopyRefused, isOfLedger, quoted, type Row, type Side } from './side.ts';

/** A body may have a mebibyte. */
const batchRows = 100;
const connectMs = 5_000;

/**
 * Opens a database. Throws CopyRefused where it cannot be reached, where a server is connected to it, or where somebody
 * else is at its tables.
 */
export async function openPostgresSide(url: string): Promise<Side> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    application_name: 'koobridge-copy',
    types,
  });
  client.on('error', () => undefined); // the statement under way tells
  try {
    await client.connect();
  } catch (error) {
    throw new CopyRefused(`PostgreSQL cannot be reached: ${problemOf(error)}`);
  }
  try {
    return await sideOn(client);
  } catch (error) {
    await client.end();
    const isLockedOut = error instanceof pg.DatabaseError && error.code === lockNotAvailable;
    throw isLockedOut ? new CopyRefused('the database is in use: stop every server first') : error;
  }
}

const lockNotAvailable = '55P03';

async function sideOn(client: pg.Client): Promise<Side> {
  const ask = async (text: string, values: unknown[] = []): Promise<readonly Record<string, unknown>[]> =>
    (await client.query(text, values)).rows;
  await ask(`SET lock_timeout = '3s'`);
  const all = (await ask('SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1')).map(
    ({ tablename }) => String(tablename),
  );
  const ledger = all.filter(isOfLedger);
  await ask('BEGIN ISOLATION LEVEL REPEATABLE READ');
  // Before anything is read: nobody writes from here on, and what is seen is what is there at this moment.
  if (ledger.length > 0) await ask(`LOCK TABLE ${quoted(ledger)} IN EXCLUSIVE MODE`);
  const [servers] = await ask(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'koobridge-server'`,
  );
  if (servers?.['count'] !== 0) throw new CopyRefused('a server is connected to the database: stop every server first');
  const columns = await ask(
    `SELECT table_name, column_name, udt_name, is_identity FROM information_schema.columns
     WHERE table_schema = current_schema() ORDER BY column_name COLLATE "C"`,
  );
  const of = (table: string) => columns.filter(({ table_name }) => table_name === table);
  const namesOf = (table: string) => of(table).map(({ column_name }) => String(column_name));
  return {
    tables: new Map(ledger.map((table) => [table, namesOf(table)])),
    migrations: all.includes('kysely_migration')
      ? (await ask('SELECT name FROM kysely_migration ORDER BY name')).map(({ name }) => String(name))
      : [],
    isFilled: async (table) => (await ask(`SELECT 1 FROM "${table}" LIMIT 1`)).length > 0,
    async *rows(table) {
      await ask(`DECLARE copied NO SCROLL CURSOR FOR SELECT ${quoted(namesOf(table))} FROM "${table}"`);
      for (;;) {
        const { rows } = await client.query<Row[number][]>({
          text: `FETCH ${batchRows} FROM copied`,
          rowMode: 'array',
        });
        if (rows.length === 0) break;
        yield rows;
      }
      await ask('CLOSE copied');
    },
    async insert(table, rows) {
      const arrays = of(table).map(({ udt_name }, index) => `$${index + 1}::${udt_name}[]`);
      const values = arrays.map((_, index) => rows.map((row) => storable(row[index] ?? null)));
      await ask(
        `INSERT INTO "${table}" (${quoted(namesOf(table))}) SELECT * FROM unnest(${arrays.join(', ')})`,
        values,
      );
    },
    async countOn(table) {
      for (const { column_name } of of(table).filter(({ is_identity }) => is_identity === 'YES')) {
        const sequence = `pg_get_serial_sequence('"${table}"', '${column_name}')`;
        await ask(`SELECT setval(${sequence}, max("${column_name}")) FROM "${table}" HAVING max("${column_name}") > 0`);
      }
    },
    commit: async () => void (await ask('COMMIT')),
    close: () => client.end(),
  };
}
