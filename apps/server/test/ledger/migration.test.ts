import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { migrations } from '../../src/schema.ts';
import { renewal } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { startSeller, temporaryDirectory } from '../seller.ts';

const line = { orderId: 'CS-1', orderLineId: 'CS-1-000001' };

/** A database as the first version left it, with a renewed and cancelled license and a callback. */
async function databaseOfTheFirstVersion(): Promise<string> {
  const file = join(temporaryDirectory(), 'server.db');
  const connection = new DatabaseSync(file);
  const prepare = (sql: string) => {
    const statement = connection.prepare(sql);
    const given = (values: readonly unknown[]) => values as (string | number)[]; // Kysely's own migration tables hold only these
    return {
      reader: statement.columns().length > 0,
      all: (values: readonly unknown[]) => statement.all(...given(values)),
      run: (values: readonly unknown[]) => statement.run(...given(values)),
      iterate: (values: readonly unknown[]) => statement.iterate(...given(values)),
    };
  };
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: { close: () => undefined, prepare } }) });
  const { '0001-license-codes': first } = migrations;
  if (first === undefined) throw new Error('the first version has no migration');
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ '0001-license-codes': first }) },
  });
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  connection.exec(`
    INSERT INTO licenses VALUES ('PL-1', 'FROZEN', 1798761600000, 7, 1, 1, 3, 5);
    INSERT INTO order_lines VALUES ('CS-1', 'CS-1-000001', 'refreshLicenseCode', 'RENEWAL', 'PL-1', 1798761600000, NULL, 4);
    INSERT INTO confirmations VALUES ('PL-1', 'expiry', 'CS-1', 'CS-1-000001', 2, 9, 'why');
    INSERT INTO receipts VALUES (1, 3, 'refreshLicenseCode', 'PL-1', 'license/1', 'raw', 'once', x'7b7d', '000000', NULL, 8);
  `);
  connection.close();
  return file;
}

test('a database of the first version is brought up to date and loses nothing', async () => {
  const file = await databaseOfTheFirstVersion();
  const seller = await startSeller({ environment: { DATABASE_URL: `sqlite:${file}` } });
  const { receipts, orderLines, licenses, confirmations } = await readLedger(`sqlite:${file}`);
  expect(licenses).toMatchObject([{ code: 'PL-1', status: 'FROZEN', renewed: 1, cancelled: 1, revision: 3 }]);
  expect(orderLines).toMatchObject([{ subject: 'PL-1', scene: 'RENEWAL', expires_at: 1798761600000, applied_at: 4 }]);
  expect(confirmations).toMatchObject([
    { about: 'license', subject: 'PL-1', reason: 'expiry', attempts: 2, problem: 'why' },
  ]);
  expect(receipts).toMatchObject([{ nonce: 'once', hashed: 0 }]);

  // The order line is still known: it is not applied a second time, and its other meaning is a conflict (R15).
  expect((await seller.store.send(renewal('PL-1', '20270101000000', line))).resultCode).toBe('000000');
  expect((await seller.store.send(renewal('PL-1', '20280101000000', line))).resultCode).toBe('000002');
  expect((await seller.license('PL-1')).expiresAt).toBe('2027-01-01T00:00:00.000Z');
});
