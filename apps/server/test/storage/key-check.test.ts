import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/ledger/database.ts';
import { storageCipher } from '../../src/storage/cipher.ts';
import { checkStorageKey } from '../../src/storage/key-check.ts';
import { lockFile } from '../ledger-content.ts';
import { temporaryDirectory } from '../seller.ts';

const aCipher = () => storageCipher(randomBytes(32));

/** The file of a server; each `open` is a start of it. */
function aFile() {
  const file = join(temporaryDirectory(), 'server.db');
  const open = async () => {
    const database = await openDatabase(file);
    onTestFinished(() => database.close());
    return database.ledger;
  };
  const rows = () => {
    const connection = new DatabaseSync(file);
    try {
      return connection.prepare('SELECT * FROM storage_key_check').all();
    } finally {
      connection.close();
    }
  };
  return { file, open, rows };
}

const anotherKey = /^the database was made with another STORAGE_KEY.*set the one it was made with/;

test('a new database is bound to the key, and opens with it after every restart', async () => {
  const { open, rows } = aFile();
  const key = randomBytes(32);
  await checkStorageKey(await open(), storageCipher(key));
  const bound = rows();
  expect(bound).toHaveLength(1);
  for (let start = 0; start < 3; start += 1) {
    await checkStorageKey(await open(), storageCipher(Uint8Array.from(key)));
    expect(rows()).toEqual(bound);
  }
});

test('another key is refused, with what to do, and the database stays bound to the first', async () => {
  const { open, rows } = aFile();
  const cipher = aCipher();
  await checkStorageKey(await open(), cipher);
  const bound = rows();
  const second = await open();
  await expect(checkStorageKey(second, aCipher())).rejects.toThrow(anotherKey);
  expect(rows()).toEqual(bound);
  await checkStorageKey(second, cipher);
});

test('a check that was tampered with is refused', async () => {
  const { file, open } = aFile();
  const cipher = aCipher();
  const ledger = await open();
  await checkStorageKey(ledger, cipher);
  const connection = new DatabaseSync(file);
  const sealed = cipher.seal('another text', 'storage_key_check');
  connection.prepare('UPDATE storage_key_check SET sealed = ?').run(sealed);
  connection.close();
  await expect(checkStorageKey(ledger, cipher)).rejects.toThrow(anotherKey);
});

test('of two that start at the same moment with different keys, the second is refused', async () => {
  const { open, rows } = aFile();
  const [first, second] = [await open(), await open()];
  const [winner, cipher] = [aCipher(), aCipher()];
  const outcomes = await Promise.allSettled([checkStorageKey(first, winner), checkStorageKey(second, cipher)]);
  expect(outcomes).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { message: expect.stringMatching(anotherKey) } },
  ]);
  await checkStorageKey(second, winner);
  expect(rows()).toHaveLength(1);
});

test('a database that is bound is only read, so that nobody who writes to it keeps a start waiting', async () => {
  const { file, open } = aFile();
  const cipher = aCipher();
  const ledger = await open();
  await checkStorageKey(ledger, cipher);
  const unlock = lockFile(file);
  onTestFinished(unlock);
  await checkStorageKey(ledger, cipher);
});
