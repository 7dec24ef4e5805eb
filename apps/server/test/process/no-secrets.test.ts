import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeBody, KeyRings, signToken, tokenQuery } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { cancellation, renewal, statusChange } from '../callbacks.ts';
import { credentials, newKey } from '../credentials.ts';
import { lockLedger } from '../ledger-content.ts';
import { temporaryDirectory } from '../seller.ts';
import { storeCalling } from '../store.ts';
import { startStore, unknownCode } from '../store-stand-in.ts';
import { exchange, head } from '../wire.ts';
import { startServerProcess } from './server-process.ts';

const expireTime = '20270101000000';

test('no key, token or SK in the log, an answer or the database, whatever is sent', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'server.db');
  const standIn = await startStore({ heartbeat: () => unknownCode }, Date.now);
  const environment = {
    ...credentials({ license: [newKey('old'), newKey('young')] }),
    ...standIn.environment,
    PORT: '0',
    DATABASE_URL: `sqlite:${file}`,
    LOG_LEVEL: 'debug',
  };
  const keys = KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS));
  const adminToken = environment.KOOBRIDGE_ADMIN_TOKEN;
  const secrets = [
    ...Object.values(keys).flatMap((ring) => ring.map((key) => key.secret)),
    adminToken,
    standIn.key.sk,
    environment.STORAGE_KEY,
  ];
  const server = await startServerProcess(environment);
  const store = storeCalling(() => `${server.url}/production`, keys, Date.now);
  const heard: string[] = [];
  const hear = async (answer: Promise<{ readonly text: string }>) => heard.push((await answer).text);

  const good = renewal('PL-1', expireTime);
  for (const ring of Object.values(keys)) {
    for (const key of ring) {
      await hear(store.send(good, { key }));
      await hear(store.send('not JSON', { key }));
      await hear(store.send('{"activity":"none"}', { key }));
    }
  }
  await hear(store.send(good, { nonce: 'once' }));
  await hear(store.send(good, { nonce: 'once' }));
  await hear(store.send({ ...good, license: 'PL-2' }));
  await hear(store.send(cancellation('PL-1', 'never')));
  await hear(store.send(statusChange('PL-1', 'FREEZE')));
  await hear(store.send(cancellation('PL-3', expireTime)));
  await hear(store.send('{"a":1,"a":2}'));
  await hear(store.send(good, { query: '' }));
  await hear(store.send(good, { method: 'PUT' }));
  await hear(store.send(good, { subPath: '/x' }));
  await hear(store.send('x'.repeat(2_000_000)));
  await hear(store.send(good, { headers: { 'Content-Encoding': 'gzip' } }));
  await hear(exchange(server.url, [head(`/production?${'q'.repeat(100_000)}`)]));
  await hear(exchange(server.url, [head('/admin/licenses', `Authorization: Bearer ${adminToken}`, 'garbage')]));
  // A canonical string of the wrong form, as a confused client would build it, without its key.
  const token = signToken({ accessKey: 'theirs', body: composeBody(good), timestamp: Date.now(), nonce: 'n' });
  await hear(store.send(good, { query: `${tokenQuery(token)}&accessKey=theirs` }));

  const unlock = await lockLedger(`sqlite:${file}`);
  await hear(fetch(`${server.url}/readyz`).then(async (response) => ({ text: await response.text() })));
  await unlock();
  const paths = [
    '/admin/callbacks?limit=200',
    '/admin/licenses/PL-1',
    '/admin/licenses',
    '/metrics',
    '/admin/licenses/x',
  ];
  for (const path of paths) {
    for (const Authorization of [`Bearer ${adminToken}`, 'Bearer wrong']) {
      const response = await fetch(server.url + path, { headers: { Authorization } });
      heard.push(JSON.stringify([...response.headers]), await response.text());
    }
  }
  await expect.poll(() => standIn.asked.length).toBeGreaterThan(1);
  await expect.poll(server.output).toContain('"outcome":"postponed"');
  server.child.kill('SIGTERM');
  const { output } = await server.ended;

  const files = readdirSync(directory).map((name) => readFileSync(join(directory, name)));
  expect(output.split('\n').length).toBeGreaterThan(20);
  expect(Buffer.concat(files).includes('PL-1')).toBe(true);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(15);
    expect(output).not.toContain(secret);
    expect(heard.join('\n')).not.toContain(secret);
    expect(files.some((bytes) => bytes.includes(secret))).toBe(false);
  }
}, 15_000);
