import { expect, test } from 'vitest';
import { openPostgres } from '../../src/ledger/postgres-database.ts';
import { probe } from '../../src/ledger/probe.ts';
import { asked, bareDatabase } from './databases.ts';

test('several processes that start at the same moment on a new database make its schema once', async () => {
  const url = await bareDatabase();
  const opened = await Promise.all([1, 2, 3, 4].map(() => openPostgres({ url, connections: 3 })));
  for (const { ledger, close } of opened) {
    await ledger.run([], probe);
    await close();
  }
  const applied = await asked(url, 'SELECT name FROM kysely_migration ORDER BY name');
  expect(applied.map(({ name }) => name)).toEqual(['0001-license-codes', '0002-every-interface', '0003-replicas']);
});

test.each(['off'])(
  'a database that answers before a commit is on disk is refused (R20): synchronous_commit=%s',
  async (value) => {
    const url = await bareDatabase();
    await asked(url, `ALTER DATABASE ${url.slice(url.lastIndexOf('/') + 1)} SET synchronous_commit = ${value}`);
    await expect(openPostgres({ url, connections: 3 })).rejects.toThrow('the ledger would not be durable');
  },
);

test('the schema is made whole or not at all', async () => {
  const url = await bareDatabase();
  await asked(url, 'CREATE TABLE outbox (x integer)'); // one of the last that is made
  await expect(openPostgres({ url, connections: 3 })).rejects.toThrow(/schema/);
  const tables = await asked(
    url,
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename IN ('licenses', 'outbox')",
  );
  expect(tables.map(({ tablename }) => tablename)).toEqual(['outbox']);
  await asked(url, 'DROP TABLE outbox');
  await (await openPostgres({ url, connections: 3 })).close();
});
