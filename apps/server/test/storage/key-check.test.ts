import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { type StorageCipher, storageCipher } from '../../src/storage/cipher.ts';
import { checkStorageKey } from '../../src/storage/key-check.ts';
import { createStorageTables } from '../../src/storage/tables.ts';
import { temporaryDirectory } from '../seller.ts';

const aCipher = () => storageCipher(randomBytes(32));

/** The file of a server; each `open` is a start of it. */
async function aFile() {
  const file = join(temporaryDirectory(), 'server.db');
  const open = () => {
    const connection = new DatabaseSync(file, { timeout: 0 });
    onTestFinished(() => {
      if (connection.isOpen) connection.close();
    });
    return connection;
  };
  const connection = open();
  connection.exec('PRAGMA journal_mode = WAL');
  await createStorageTables(kysely(connection));
  return { open, first: connection };
}

/** Only as much of a driver as makes a table. */
function kysely(connection: DatabaseSync): Kysely<unknown> {
  const prepare = (sql: string) => ({
    reader: false,
    all: () => [],
    run: () => connection.prepare(sql).run(),
    iterate: () => [].values(),
  });
  return new Kysely({ dialect: new SqliteDialect({ database: { close: () => undefined, prepare } }) });
}

const rows = (connection: DatabaseSync) => connection.prepare('SELECT * FROM storage_key_check').all();
const anotherKey = /^the database was made with another STORAGE_KEY.*set the one it was made with/;

test('a new database is bound to the key, and opens with it after every restart', async () => {
  const { first, open } = await aFile();
  const key = randomBytes(32);
  checkStorageKey(first, storageCipher(key));
  const bound = rows(first);
  expect(bound).toHaveLength(1);
  first.close();
  for (let start = 0; start < 3; start += 1) {
    const connection = open();
    checkStorageKey(connection, storageCipher(Uint8Array.from(key)));
    expect(rows(connection)).toEqual(bound);
    connection.close();
  }
});

test('another key is refused, with what to do, and the database stays bound to the first', async () => {
  const { first, open } = await aFile();
  const cipher = aCipher();
  checkStorageKey(first, cipher);
  const bound = rows(first);
  const second = open();
  expect(() => checkStorageKey(second, aCipher())).toThrow(anotherKey);
  expect(rows(second)).toEqual(bound);
  checkStorageKey(second, cipher);
});

test('a check that was tampered with is refused', async () => {
  const { first } = await aFile();
  const cipher = aCipher();
  checkStorageKey(first, cipher);
  first.prepare('UPDATE storage_key_check SET sealed = ?').run(cipher.seal('another text', 'storage_key_check'));
  expect(() => checkStorageKey(first, cipher)).toThrow(anotherKey);
});

test('of two that start at the same moment with different keys, the second is refused', async () => {
  const { first, open } = await aFile();
  const second = open();
  const [winner, cipher] = [aCipher(), aCipher()];
  // The first binds the database between the second's look and its write.
  const overtaken: StorageCipher = {
    ...cipher,
    seal(plaintext, context) {
      checkStorageKey(first, winner);
      return cipher.seal(plaintext, context);
    },
  };
  expect(() => checkStorageKey(second, overtaken)).toThrow(anotherKey);
  checkStorageKey(second, winner);
  expect(rows(second)).toHaveLength(1);
});

test('a database that is bound is only read, so that nobody who writes to it keeps a start waiting', async () => {
  const { first, open } = await aFile();
  const cipher = aCipher();
  checkStorageKey(first, cipher);
  first.exec('BEGIN IMMEDIATE');
  checkStorageKey(open(), cipher);
  first.exec('ROLLBACK');
});

test('the connection keeps the patience it had', async () => {
  const { first } = await aFile();
  first.exec('PRAGMA busy_timeout = 7');
  checkStorageKey(first, aCipher());
  expect(first.prepare('PRAGMA busy_timeout').get()).toEqual({ timeout: 7 });
});
