import { setTimeout as sleep } from 'node:timers/promises';
import { composeBody, KeyRings } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { newOrder, purchase, renewal } from '../callbacks.ts';
import { credentials } from '../credentials.ts';
import { newDatabase } from '../database.ts';
import { readLedger } from '../ledger-content.ts';
import { Load } from '../load.ts';
import { startReceiver } from '../outbox/receiver.ts';
import { type ServerProcess, startServerProcess } from '../process/server-process.ts';
import { type Environment, type Seller, startSeller } from '../seller.ts';
import { storeCalling } from '../store.ts';

const replicas = 3;

/** Servers that share a database and every key, and a store that calls one after the other. */
async function startReplicas(environment: Environment = {}) {
  const database = await newDatabase();
  const common = { ...credentials(), DATABASE_URL: database, ...environment };
  const clock = { now: Date.now() };
  const sellers: Seller[] = [];
  for (let count = 0; count < replicas; count += 1) {
    sellers.push(await startSeller({ environment: common, clock, timing: { outboxPauseMs: 20 } }));
  }
  const keys = KeyRings.parse(JSON.parse(common.KOOBRIDGE_KEYS));
  return {
    database,
    sellers,
    clock,
    store: roundRobin(
      sellers.map(({ url }) => url),
      keys,
      () => clock.now,
    ),
  };
}

function roundRobin(urls: readonly string[], keys: KeyRings, now: () => number) {
  let turn = 0;
  const next = () => {
    turn += 1;
    return `${urls[turn % urls.length]}/production`;
  };
  return storeCalling(next, keys, now);
}

describe('three replicas behind a round-robin', () => {
  test('apply an order line once, however often it comes at the same moment (R15)', async () => {
    const { database, store } = await startReplicas();
    const message = renewal('PL-1', '20270101000000');
    const answers = await Promise.all(Array.from({ length: 30 }, () => store.send(message)));
    expect(answers.map(({ resultCode }) => resultCode)).toEqual(Array(30).fill('000000'));
    const { licenses, orderLines, receipts } = await readLedger(database);
    expect(licenses).toMatchObject([{ code: 'PL-1', revision: 1 }]);
    expect(orderLines).toHaveLength(1);
    expect(receipts).toHaveLength(30);
  });

  test('make one instance of concurrent repeats, with one id and one event', async () => {
    const { database, store } = await startReplicas({
      EVENTS_URL: 'http://127.0.0.1:9/events',
      EVENTS_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}`,
    });
    const bought = purchase();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => store.send({ ...bought, businessId: `biz-${index}` })),
    );
    expect(new Set(answers.map(({ resultCode, body }) => `${resultCode} ${body['instanceId']}`)).size).toBe(1);
    expect(answers[0]?.resultCode).toBe('000000');
    const { instances, outbox } = await readLedger(database);
    expect(instances).toMatchObject([{ revision: 1 }]);
    expect(outbox.map(({ type }) => type)).toEqual(['instance.created', 'instance.ready']);
  });

  test('take a token once, whichever of them it reaches (R3)', async () => {
    const { database, store } = await startReplicas();
    const body = composeBody(renewal('PL-1', '20270101000000'));
    const query = store.query(body);
    const answers = await Promise.all(Array.from({ length: 12 }, () => store.send(body, { query })));
    expect(answers.map(({ resultCode }) => resultCode).toSorted()).toEqual(['000000', ...Array(11).fill('000001')]);
    expect((await readLedger(database)).receipts).toHaveLength(1);
  });

  test('lose no change of a subject that all of them change at once', async () => {
    const { database, store } = await startReplicas();
    const years = Array.from({ length: 30 }, (_, index) => 2027 + index);
    const codes = ['PL-1', 'PL-2'];
    const messages = years.flatMap((year) => codes.map((code) => renewal(code, `${year}0101000000`)));
    const answers = await Promise.all(messages.map((message) => store.send(message)));
    expect(answers.map(({ resultCode }) => resultCode)).toEqual(messages.map(() => '000000'));
    const expires_at = Date.UTC(2056, 0, 1);
    expect((await readLedger(database)).licenses).toMatchObject(
      codes.map((code) => ({ code, revision: years.length, expires_at })),
    );
  });

  test('take an order line for one subject, even if it comes for two at once', async () => {
    const { database, store } = await startReplicas();
    const orderId = newOrder();
    const line = { orderId, orderLineId: `${orderId}-000001` };
    const codes = Array.from({ length: 9 }, (_, index) => `PL-${index}`);
    const answers = await Promise.all(codes.map((code) => store.send(renewal(code, '20270101000000', line))));
    expect(answers.map(({ resultCode }) => resultCode).toSorted()).toEqual(['000000', ...Array(8).fill('000002')]);
    const { licenses, orderLines } = await readLedger(database);
    expect(licenses).toHaveLength(1);
    expect(orderLines).toMatchObject([{ subject: licenses[0]?.code }]);
  });

  test('deliver each event once, in the order of its subject', async () => {
    const receiver = await startReceiver((response) => response.end());
    const environment = { EVENTS_URL: receiver.url, EVENTS_SECRET: receiver.secret };
    const { database, store } = await startReplicas(environment);
    const codes = ['PL-1', 'PL-2', 'PL-3'];
    const months = ['01', '02', '03', '04', '05', '06'];
    // One after the other for each license, so that their order is known, and the licenses side by side.
    const send = async (code: string) => {
      for (const month of months) await store.send(renewal(code, `2027${month}01000000`));
    };
    await Promise.all(codes.map(send));
    await expect.poll(async () => (await readLedger(database)).outbox).toEqual([]);
    const told = receiver.requests.map(({ event }) => event);
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
    for (const code of codes) {
      const expiries = told.filter(({ subject }) => subject === code).map(({ data }) => data['expiresAt']);
      expect(expiries).toEqual(months.map((month) => `2027-${month}-01T00:00:00.000Z`));
    }
  });
});

describe('a replica that is killed under load', () => {
  test('loses nothing that was answered 000000, and the others go on', async () => {
    const database = await newDatabase();
    const environment = { ...credentials(), PORT: '0', DATABASE_URL: database, LOG_LEVEL: 'silent' };
    const keys = KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS));
    const starting = Array.from({ length: replicas }, () => startServerProcess(environment));
    const servers: ServerProcess[] = await Promise.all(starting);
    const load = new Load();
    const sending = Array.from({ length: 12 }, (_, sender) =>
      load.send(
        roundRobin(
          servers.map(({ url }) => url),
          keys,
          Date.now,
        ),
        sender,
      ),
    );
    for (const victim of servers.slice(1)) {
      const before = load.acknowledged;
      await expect.poll(() => load.acknowledged).toBeGreaterThan(before + 50);
      victim.child.kill('SIGKILL');
      await victim.ended;
    }
    const before = load.acknowledged;
    await expect.poll(() => load.acknowledged).toBeGreaterThan(before + 50);
    load.stop();
    await Promise.all(sending);
    expect(load.refused).toBe(0);
    await load.expectKept(database);
  }, 60_000);

  test('leaves its events to the others', async () => {
    let hanging = true;
    const receiver = await startReceiver((response) => (hanging ? undefined : response.end()));
    const environment = { EVENTS_URL: receiver.url, EVENTS_SECRET: receiver.secret };
    const { database, sellers, store, clock } = await startReplicas(environment);
    expect((await store.send(renewal('PL-1', '20270101000000'))).resultCode).toBe('000000');
    await expect.poll(() => receiver.requests).toHaveLength(1);
    hanging = false;
    // For as long as its claim lasts nobody else may send it, dead or not.
    await sleep(100);
    expect(receiver.requests).toHaveLength(1);
    clock.now += 26_000;
    await expect.poll(async () => (await readLedger(database)).outbox).toEqual([]);
    expect(new Set(receiver.requests.map(({ event }) => event.id)).size).toBe(1);
    for (const seller of sellers) await seller.stop();
  });
});
