import { describe, expect, test } from 'vitest';
import { newOrder, purchase, query, releaseInstance } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller, startSeller } from '../seller.ts';

const seller = sharedSeller();

describe('an order line makes one instance (R15)', () => {
  test('a repeat gets the same instanceId although businessId differs', async () => {
    const bought = purchase();
    const first = await seller().store.send(bought);
    expect(first.body).toEqual({
      instanceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      resultCode: '000000',
      resultMsg: 'success.',
    });
    const repeat = await seller().store.send({ ...bought, businessId: 'another' });
    expect(repeat.body).toEqual(first.body);
    const { instances, orderLines } = await readLedger(seller().database);
    expect(instances.filter(({ order_id }) => order_id === bought['orderId'])).toHaveLength(1);
    expect(orderLines.filter(({ order_id }) => order_id === bought['orderId'])).toHaveLength(1);
  });

  test('fifty at once', async () => {
    const bought = purchase();
    const calls = Array.from({ length: 50 }, (_, call) =>
      seller().store.send({ ...bought, businessId: `biz-${call}` }),
    );
    const answers = await Promise.all(calls);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const { instances } = await readLedger(seller().database);
    expect(instances.filter(({ order_id }) => order_id === bought['orderId'])).toMatchObject([{ revision: 1 }]);
  });

  test('each line of an order, and the same line of another order, make instances of their own', async () => {
    const orderId = newOrder();
    const lines = [
      { orderId, orderLineId: 'a' },
      { orderId, orderLineId: 'b' },
      { orderId: `${orderId}a`, orderLineId: 'a' },
    ];
    const answers = await Promise.all(lines.map((line) => seller().store.send(purchase(line))));
    expect(new Set(answers.map(({ body }) => body['instanceId'])).size).toBe(3);
  });

  test('a repeat after a release is a success, and the instance stays released (R18)', async () => {
    const bought = purchase();
    const { body } = await seller().store.send(bought);
    const id = String(body['instanceId']);
    await seller().store.send(releaseInstance(id));
    expect((await seller().store.send(bought)).body).toEqual(body);
    expect((await seller().instance(id)).status).toBe('RELEASED');
    expect((await seller().store.send(query(id))).resultCode).toBe('000003');
  });
});

test('a repeat after a restart gets the same instanceId (R20)', async () => {
  const own = await startSeller();
  const bought = purchase();
  const first = await own.store.send(bought);
  await own.restart();
  expect((await own.store.send({ ...bought, businessId: 'later' })).body).toEqual(first.body);
  expect((await readLedger(own.database)).instances).toMatchObject([{ revision: 1 }]);
});
