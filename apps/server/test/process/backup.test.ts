import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { KeyRings } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { backupFile, checkFile } from '../../src/backup/backup.ts';
import { openDatabase } from '../../src/ledger/database.ts';
import { renewal } from '../callbacks.ts';
import { credentials } from '../credentials.ts';
import { readLedger } from '../ledger-content.ts';
import { Load } from '../load.ts';
import { temporaryDirectory } from '../seller.ts';
import { storeCalling } from '../store.ts';
import { runServer, startServerProcess } from './server-process.ts';

const command = (database: string, ...given: string[]) =>
  runServer({ DATABASE_URL: database }, 'kept', temporaryDirectory(), given).ended;

test('a backup under load is whole, and a server on it answers repeats and replays as the first one did', async () => {
  const database = `sqlite:${join(temporaryDirectory(), 'server.db')}`;
  const environment = { ...credentials(), PORT: '0', DATABASE_URL: database, LOG_LEVEL: 'silent' };
  const keys = KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS));
  let server = await startServerProcess(environment);
  const store = storeCalling(() => `${server.url}/production`, keys, Date.now);
  const message = renewal('PL-OWN', '20300101000000');
  const own = { nonce: 'used-before-the-backup' };
  expect((await store.send(message, own)).resultCode).toBe('000000');
  const load = new Load();
  const sending = Array.from({ length: 8 }, (_, sender) => load.send(store, sender));
  await expect.poll(() => load.acknowledged, { timeout: 40_000 }).toBeGreaterThan(50);

  const to = join(temporaryDirectory(), 'backup.db');
  const before = load.acknowledged;
  const { code, output } = await command(database, 'backup', to);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('found whole') });
  await expect.poll(() => load.acknowledged, { timeout: 40_000 }).toBeGreaterThan(before); // the server went on
  load.stop();
  await Promise.all(sending);
  server.child.kill('SIGKILL');
  await server.ended;
  expect(statSync(to).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(to))).toEqual([basename(to)]);

  const restored = `sqlite:${to}`;
  expect(await command(restored, 'check')).toMatchObject({ code: 0, output: expect.stringContaining('is whole') });
  const [all, kept] = [await readLedger(database), await readLedger(restored)];
  expect(kept.receipts.length).toBeGreaterThan(50);
  expect(all.receipts.slice(0, kept.receipts.length)).toEqual(kept.receipts); // one moment, without gaps
  server = await startServerProcess({ ...environment, DATABASE_URL: restored });
  expect((await store.send(message, own)).resultCode).toBe('000001');
  expect((await store.send(message)).resultCode).toBe('000000');
  expect((await readLedger(restored)).orderLines).toHaveLength(kept.orderLines.length);
}, 120_000);

test('a damaged file is found, a backup replaces nothing, and PostgreSQL is told to use its own', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'server.db');
  expect(() => checkFile(file)).toThrow('there is no file');

  await (await openDatabase(file)).close();
  const to = join(directory, 'backup.db');
  expect(backupFile(file, to)).toEqual(checkFile(to));
  expect(() => backupFile(file, to)).toThrow('is there already');
  const bytes = readFileSync(to);
  bytes.fill(0xaa, 8_192, 12_288);
  writeFileSync(to, bytes);
  expect(() => checkFile(to)).toThrow(/is damaged|malformed/);
  expect(() => backupFile(to, `${to}.2`)).toThrow();
  expect(readdirSync(directory).filter((name) => name.includes('.2'))).toEqual([]);
  writeFileSync(to, '');
  expect(() => checkFile(to)).toThrow('holds no ledger');
  expect(await command('postgres://user:hidden@127.0.0.1:1/x', 'backup', to)).toMatchObject({
    code: 2,
    output: expect.stringContaining('tools of its own'),
  });
});
