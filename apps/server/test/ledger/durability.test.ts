import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/ledger/database.ts';
import { verifyDurability } from '../../src/ledger/sqlite-connection.ts';
import { temporaryDirectory } from '../seller.ts';

function open(...pragmas: string[]): DatabaseSync {
  const connection = new DatabaseSync(join(temporaryDirectory(), 'server.db'));
  onTestFinished(() => connection.close());
  for (const pragma of pragmas) connection.exec(`PRAGMA ${pragma}`);
  return connection;
}

describe('the server refuses a ledger that would lose what it acknowledged (R20)', () => {
  test.each([
    ['synchronous=NORMAL', ['journal_mode = WAL', 'synchronous = NORMAL'], /synchronous is 1/],
    ['synchronous=OFF', ['journal_mode = WAL', 'synchronous = OFF'], /synchronous is 0/],
    ['a rollback journal', ['journal_mode = DELETE', 'synchronous = FULL'], /journal_mode is delete/],
    ['a journal in memory', ['journal_mode = MEMORY', 'synchronous = FULL'], /journal_mode is memory/],
  ])('%s', (_name, pragmas, problem) => {
    expect(() => verifyDurability(open(...pragmas))).toThrow(problem);
  });

  test('WAL with synchronous=FULL is what it needs', () => {
    expect(() => verifyDurability(open('journal_mode = WAL', 'synchronous = FULL'))).not.toThrow();
  });
});

describe('opening the ledger', () => {
  test('lets nobody else read it', async () => {
    const file = join(temporaryDirectory(), 'server.db');
    const database = await openDatabase(file);
    onTestFinished(() => database.close());
    for (const each of [file, `${file}-wal`]) expect(statSync(each).mode & 0o077).toBe(0);
  });

  test('makes the directory and leaves FULL in force after writes', async () => {
    const database = await openDatabase(join(temporaryDirectory(), 'a', 'b', 'server.db'));
    onTestFinished(() => database.close());
    database.connection.exec('CREATE TABLE t (x); INSERT INTO t VALUES (1)');
    expect(database.connection.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(database.connection.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  });

  test('refuses a file that is no database', async () => {
    await expect(openDatabase(new URL(import.meta.url).pathname)).rejects.toThrow();
  });

  test('waits for another process that is just making the same file', async () => {
    const file = join(temporaryDirectory(), 'server.db');
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE theirs (x); BEGIN; SELECT * FROM theirs');
    setTimeout(() => other.close(), 50);
    const database = await openDatabase(file);
    await database.close();
  });

  test('makes the schema whole or not at all', async () => {
    const file = join(temporaryDirectory(), 'server.db');
    const inTheWay = new DatabaseSync(file);
    inTheWay.exec('CREATE TABLE licenses (x)'); // the last but one that is made
    await expect(openDatabase(file)).rejects.toThrow(/schema/);
    expect(inTheWay.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()).toEqual([
      { name: 'licenses' },
    ]);
    inTheWay.exec('DROP TABLE licenses');
    inTheWay.close();
    const database = await openDatabase(file);
    await database.close();
  });
});
