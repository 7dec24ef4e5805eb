import { setTimeout as sleep } from 'node:timers/promises';
import { KeyRings } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { credentials } from '../credentials.ts';
import { newDatabase } from '../database.ts';
import { Load } from '../load.ts';
import { storeCalling } from '../store.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const kills = 5;
const senders = 16;
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);

/** mulberry32: the same seed gives the same moments. */
function randomFrom(state: number): () => number {
  let a = state;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('kill -9 during load', () => {
  test(`${kills} times: whatever was answered 000000 is there, and nothing twice (KILL_SEED=${seed})`, async () => {
    const random = randomFrom(seed);
    const database = await newDatabase();
    const environment = { ...credentials(), PORT: '0', DATABASE_URL: database, LOG_LEVEL: 'silent' };
    const keys = KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS));
    let server: ServerProcess = await startServerProcess(environment);
    const store = storeCalling(() => `${server.url}/production`, keys, Date.now);

    const load = new Load();
    const sending = Array.from({ length: senders }, (_, sender) => load.send(store, sender));
    for (let kill = 0; kill < kills; kill += 1) {
      const before = load.acknowledged;
      await expect.poll(() => load.acknowledged).toBeGreaterThan(before + 20);
      await sleep(random() * 400);
      server.child.kill('SIGKILL');
      await server.ended;
      server = await startServerProcess(environment);
    }
    await sleep(100);
    load.stop();
    await Promise.all(sending);

    expect(load.acknowledged).toBeGreaterThan(100);
    expect(load.refused).toBe(0);
    await load.expectKept(database);
  }, 120_000);
});
