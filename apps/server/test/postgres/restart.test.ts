import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, newCluster } from '@koobridge/postgres-cluster';
import { expect, onTestFinished, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { credentials } from '../credentials.ts';
import { Load } from '../load.ts';
import { startSeller } from '../seller.ts';
import { asked } from './databases.ts';

async function ownCluster(): Promise<{ readonly cluster: Cluster; readonly database: string }> {
  const cluster = await newCluster();
  onTestFinished(() => cluster.remove());
  await asked(`${cluster.url}/postgres`, 'CREATE DATABASE ledger');
  return { cluster, database: `${cluster.url}/ledger` };
}

test('a database that restarts under load: every answer comes in time, nothing is lost, and it goes on by itself (R9, R20)', async () => {
  const { cluster, database } = await ownCluster();
  const environment = { ...credentials(), DATABASE_URL: database };
  const sellers = [await startSeller({ environment }), await startSeller({ environment })];
  const load = new Load();
  const sending = sellers.flatMap(({ store }, index) =>
    Array.from({ length: 6 }, (_, sender) => load.send(store, index * 6 + sender)),
  );
  for (const pauseMs of [0, 500]) {
    const before = load.acknowledged;
    await expect.poll(() => load.acknowledged).toBeGreaterThan(before + 50);
    await cluster.stop();
    await sleep(pauseMs);
    await cluster.start();
  }
  const before = load.acknowledged;
  await expect.poll(() => load.acknowledged).toBeGreaterThan(before + 50);
  load.stop();
  await Promise.all(sending);
  expect(load.slowest).toBeLessThan(5_000);
  await load.expectKept(database);
}, 60_000);

test('a database that stays away: the answer is 000005 within the deadline, and readiness says so', async () => {
  const { cluster, database } = await ownCluster();
  const seller = await startSeller({ environment: { DATABASE_URL: database } });
  expect((await seller.store.send(renewal('PL-1', '20270101000000'))).resultCode).toBe('000000');
  expect((await seller.get('/readyz')).status).toBe(200);
  await cluster.stop();
  const begun = performance.now();
  const answers = await Promise.all(
    [1, 2, 3].map((month) => seller.store.send(renewal('PL-1', `20280${month}01000000`))),
  );
  expect(answers.map(({ resultCode }) => resultCode)).toEqual(['000005', '000005', '000005']);
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect((await seller.get('/readyz')).status).toBe(503);
  for (const path of ['/healthz', '/metrics']) expect((await seller.get(path)).status).toBe(200);
  await cluster.start();
  await expect.poll(async () => (await seller.get('/readyz')).status).toBe(200);
  expect((await seller.store.send(renewal('PL-1', '20290101000000'))).resultCode).toBe('000000');
}, 60_000);
