import { describe, expect, test } from 'vitest';
import { purchase, refreshInstance, upgrade } from '../callbacks.ts';
import { sellerAsking } from '../confirmation/seller-asking.ts';
import { databaseBytes } from '../database.ts';
import { readLedger } from '../ledger-content.ts';
import { startSeller } from '../seller.ts';
import { orderAnswer, type StoreAnswer } from '../store-stand-in.ts';

const line = { orderId: 'CS-B', orderLineId: 'CS-B-000001' };
const expireTime = '20270707000000';

const told = (orderId: string, orderLineId: string, expiry = expireTime) => {
  const { orderInfo, ...rest } = orderAnswer(orderId, orderLineId, expiry);
  return { ...rest, orderInfo: { ...orderInfo, buyerInfo: { customerName: 'Buyer-of-this-test' } } };
};

describe('the order of a purchase', () => {
  test('is asked for after the commit, kept sealed, and suggests the expiry', async () => {
    const { seller, standIn, settled } = await sellerAsking({ order: told });
    const { body } = await seller.store.send(purchase(line));
    await settled();
    expect(standIn.asked).toEqual(['order CS-B/CS-B-000001']);
    expect(standIn.refused).toEqual([]);
    expect((await readLedger(seller.database)).orders).toMatchObject([
      { order_id: 'CS-B', order_line_id: 'CS-B-000001' },
    ]);
    expect((await seller.instance(String(body['instanceId']))).expiresAt).toBe('2027-07-07T00:00:00.000Z');
    await seller.stop();
    expect((await databaseBytes(seller.database)).includes('CS-B-000001')).toBe(true);
    expect((await databaseBytes(seller.database)).includes('Buyer-of-this-test')).toBe(false);
  });

  test('is asked for once, however often the call is repeated', async () => {
    const { seller, standIn, settled } = await sellerAsking({ order: told });
    for (let call = 0; call < 3; call += 1) {
      await seller.store.send(purchase(line));
      await settled();
    }
    expect(standIn.asked).toHaveLength(1);
  });

  test('suggests no expiry once a renewal has told one', async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { seller, settled } = await sellerAsking({
      async order(orderId, orderLineId) {
        await held;
        return told(orderId, orderLineId);
      },
    });
    const { body } = await seller.store.send(purchase(line));
    const id = String(body['instanceId']);
    await seller.store.send(refreshInstance(id, '20260601000000'));
    letGo();
    await settled();
    expect((await seller.instance(id)).expiresAt).toBe('2026-06-01T00:00:00.000Z');
  });

  test('of an upgrade is kept too, and moves no expiry', async () => {
    const { seller, settled } = await sellerAsking({ order: told });
    const { body } = await seller.store.send(purchase(line));
    const id = String(body['instanceId']);
    await seller.store.send(refreshInstance(id, '20280101000000'));
    await seller.store.send(upgrade(id, { orderId: 'CS-U', orderLineId: 'CS-U-000001' }));
    await settled();
    expect((await readLedger(seller.database)).orders.map(({ order_id }) => order_id)).toEqual(['CS-B', 'CS-U']);
    expect((await seller.instance(id)).expiresAt).toBe('2028-01-01T00:00:00.000Z');
  });
});

test('why the store does not tell an order is shown wherever somebody looks, and it is asked every 10 minutes at least', async () => {
  const refusal = { error_code: 'APIGW.0301', error_msg: 'Incorrect IAM authentication information: AK access failed' };
  const { seller, questions } = await sellerAsking(
    { order: () => (response) => response.writeHead(401).end(JSON.stringify(refusal)) },
    { handlers: { provisioning: { 'instance.created': () => undefined } } },
  );
  const { body } = await seller.store.send(purchase());
  const told = expect.stringContaining('HTTP 401: APIGW.0301 Incorrect IAM');
  await expect.poll(questions).toMatchObject([{ attempts: 1, problem: told }]);
  for (let attempt = 1; attempt < 12; attempt += 1) {
    seller.clock.now = (await questions())[0]?.next_attempt_at ?? 0;
    await expect.poll(async () => (await questions())[0]?.attempts).toBe(attempt + 1);
  }
  expect(((await questions())[0]?.next_attempt_at ?? 0) - seller.clock.now).toBe(600_000);
  await expect
    .poll(async () => (await seller.admin('/events?state=waiting')).body)
    .toMatchObject({ events: [{ problem: told }] });
  expect(await seller.instance(String(body['instanceId']))).toMatchObject({
    confirmation: { reason: 'order', problem: told },
  });
});

test('the provisioning handler waits for the order, and gets it', async () => {
  const orders: unknown[] = [];
  let isThere = false;
  const { seller, questions, settled } = await sellerAsking(
    { order: (...asked) => (isThere ? told(...asked) : (response) => response.writeHead(400).end()) },
    { handlers: { provisioning: { 'instance.created': (_event, { order }) => void orders.push(order) } } },
  );
  const { body } = await seller.store.send(purchase(line));
  await expect.poll(questions).toMatchObject([{ attempts: 1 }]);
  expect(orders).toEqual([]);
  isThere = true;
  seller.clock.now += 10_000;
  await settled();
  seller.clock.now += 10_000;
  await expect
    .poll(() => orders)
    .toMatchObject([{ orderId: 'CS-B', buyerInfo: { customerName: 'Buyer-of-this-test' } }]);
  await expect.poll(async () => (await seller.instance(String(body['instanceId']))).provisioning).toBe('READY');
});

describe('a store that is of no use never fails a purchase', () => {
  test.each<[string, StoreAnswer]>([
    ['hangs', () => undefined],
    ['answers 500', (response) => response.writeHead(500).end()],
    ['hangs up', (response) => response.destroy()],
    ['answers nonsense', { hello: 'world' }],
  ])('when it %s', async (_name, order) => {
    const { seller, questions } = await sellerAsking({ order: () => order }, { storeMs: 100 });
    const bought = await seller.store.send(purchase(line));
    expect(bought.resultCode).toBe('000000');
    await expect.poll(questions).toMatchObject([{ about: 'order', reason: 'order', attempts: 1 }]);
    expect((await seller.store.send(purchase(line))).body).toEqual(bought.body);
    expect((await readLedger(seller.database)).orders).toEqual([]);
  });

  test('and the order is fetched once the store is there again', async () => {
    let isThere = false;
    const { seller, questions, settled } = await sellerAsking({
      order: (orderId, orderLineId) =>
        isThere ? told(orderId, orderLineId) : (response) => response.writeHead(400).end(),
    });
    await seller.store.send(purchase(line));
    await expect.poll(questions).toMatchObject([{ attempts: 1 }]);
    isThere = true;
    seller.clock.now += 5_000;
    await settled();
    expect((await readLedger(seller.database)).orders).toHaveLength(1);
  });

  test('without credentials nobody is asked, and no question is kept', async () => {
    const seller = await startSeller();
    const { body } = await seller.store.send(purchase(line));
    expect((await readLedger(seller.database)).confirmations).toEqual([]);
    expect((await seller.instance(String(body['instanceId']))).expiresAt).toBeNull();
  });
});
