import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeBody, KeyRings } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { type Message, renewal } from '../callbacks.ts';
import { credentials } from '../credentials.ts';
import { readLedger } from '../ledger-file.ts';
import { temporaryDirectory } from '../seller.ts';
import { type Store, storeCalling } from '../store.ts';
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

interface Sent {
  readonly message: Message;
  /** The nonces of the attempts that were answered 000000. */
  readonly answered: readonly string[];
}

/** What every sender got answered; a message without an answer is repeated with a fresh token, as the store does. */
class Load {
  readonly sent: Sent[] = [];
  readonly unexpected: string[] = [];
  #running = true;

  stop(): void {
    this.#running = false;
  }

  async send(store: Store, sender: number): Promise<void> {
    for (let index = 0; this.#running; index += 1) {
      const message = renewal(`PL-${sender}-${index % 3}`, `${2027 + (index % 50)}0101000000`);
      const answered: string[] = [];
      const repeats = index % 4 === 0 ? 2 : 1;
      while (this.#running && answered.length < repeats) {
        const nonce = `s${sender}-${index}-${Math.random()}`;
        const answer = await store.send(composeBody(message), { nonce }).catch(() => undefined);
        if (answer === undefined) await sleep(5);
        else if (answer.resultCode === '000000') answered.push(nonce);
        else this.unexpected.push(answer.text);
      }
      this.sent.push({ message, answered });
    }
  }
}

describe('kill -9 during load', () => {
  test(`${kills} times: whatever was answered 000000 is there, and nothing twice (KILL_SEED=${seed})`, async () => {
    const random = randomFrom(seed);
    const file = join(temporaryDirectory(), 'server.db');
    const environment = { ...credentials(), PORT: '0', DATABASE_URL: `sqlite:${file}`, LOG_LEVEL: 'silent' };
    const keys = KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS));
    let server: ServerProcess = await startServerProcess(environment);
    const store = storeCalling(() => `${server.url}/production`, keys, Date.now);

    const load = new Load();
    const sending = Array.from({ length: senders }, (_, sender) => load.send(store, sender));
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(50 + random() * 400);
      server.child.kill('SIGKILL');
      await server.ended;
      server = await startServerProcess(environment);
    }
    await sleep(100);
    load.stop();
    await Promise.all(sending);

    const { receipts, orderLines, licenses } = readLedger(file);
    expect(load.unexpected).toEqual([]);
    const answered = load.sent.flatMap(({ answered }) => answered);
    expect(answered.length).toBeGreaterThan(100);
    const nonces = receipts.map(({ nonce }) => nonce);
    expect(new Set(nonces).size).toBe(nonces.length);
    expect(answered.filter((nonce) => !new Set(nonces).has(nonce))).toEqual([]);

    // The primary key would not let a line in twice; that it took effect once is what the revisions tell.
    const lines = new Set(orderLines.map(({ order_id }) => order_id));
    const acknowledged = load.sent.filter(({ answered }) => answered.length > 0);
    expect(acknowledged.filter(({ message }) => !lines.has(String(message['orderId'])))).toEqual([]);
    for (const { code, revision, expires_at } of licenses) {
      const own = orderLines.filter(({ subject }) => subject === code);
      expect({ code, revision, expires_at }).toEqual({
        code,
        revision: own.length,
        expires_at: Math.max(...own.map((line) => line.expires_at ?? 0)),
      });
    }
  }, 30_000);
});
