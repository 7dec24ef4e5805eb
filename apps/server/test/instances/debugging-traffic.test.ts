import { mockOrderIds, ProductionAnswer } from '@koobridge/contracts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Handlers } from '../../src/handlers/handlers.ts';
import { instanceStatus, type Message, purchase, query, refreshInstance, releaseInstance } from '../callbacks.ts';
import { newKey } from '../credentials.ts';
import { nothing, readLedger } from '../ledger-content.ts';
import { sharedSeller, startSeller } from '../seller.ts';
import { everyActivity, type InstanceActivity } from './every-activity.ts';

const called: string[] = [];
const noted = (name: string) => () => {
  called.push(name);
  throw new Error('a handler was called');
};

/** A handler for everything, none of which may be called. */
const handlers: Handlers = {
  answering: { admitCreate: noted('admitCreate'), checkChange: noted('checkChange'), usage: noted('usage') },
  provisioning: {
    'instance.created': noted('instance.created'),
    'instance.refreshed': noted('instance.refreshed'),
    'instance.status_changed': noted('instance.status_changed'),
    'instance.released': noted('instance.released'),
    'instance.upgraded': noted('instance.upgraded'),
    'license.requested': noted('license.requested'),
    'order.notified': noted('order.notified'),
  },
};
// Nobody listens there: what is sent or asked all the same stays in the tables, where the test finds it.
const environment = {
  EVENTS_URL: 'http://127.0.0.1:1',
  EVENTS_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  STORE_URL: 'http://127.0.0.1:1',
  STORE_AK: 'AKTEST',
  STORE_SK: 'a-secret-of-this-test',
  ASYNCHRONOUS_CREATE: 'true',
};
const seller = sharedSeller({ handlers, environment });

beforeEach(() => {
  called.length = 0;
});

/** Every debugging case a seller can save, and the probes of the store. */
const cases = (id: string): Message[] => [
  ...Object.values(everyActivity).flatMap((make) => [
    { ...make(id), testFlag: '1' },
    { ...make(id), testFlag: 1 },
  ]),
  { ...instanceStatus(id, 'UNFREEZE'), testFlag: '1' },
  ...(['newInstance', 'refreshInstance', 'releaseInstance', 'upgradeInstance', 'orderNotify'] as const).flatMap(
    (name) =>
      mockOrderIds.map((orderId) => ({
        ...everyActivity[name](id),
        orderId,
        orderLineId: `${orderId}-000001`,
        testFlag: '0',
      })),
  ),
];

describe('debugging traffic is answered plainly and changes nothing (R12)', () => {
  test('whatever it is about, in any order, again and again', async () => {
    const unknown = cases('unknown');
    const rounds = [unknown, unknown.toReversed(), unknown];
    for (const message of rounds.flat()) {
      const answer = await seller().store.send(message);
      expect(answer).toMatchObject({ status: 200, resultCode: '000000' });
      expect(ProductionAnswer.parse(answer.body)).toBeTruthy();
    }
    const { receipts, ...state } = await readLedger(seller().database);
    expect(state).toEqual(nothing);
    expect(receipts).toHaveLength(rounds.flat().length);
    expect(called).toEqual([]);
  });

  test('newInstance gets an id that follows from order and line', async () => {
    const bought = purchase({ testFlag: '1' });
    const { body } = await seller().store.send(bought);
    expect(body['instanceId']).toMatch(/^[0-9a-f]{32}$/);
    expect((await seller().store.send({ ...bought, businessId: 'another' })).body).toEqual(body);
    const other = await seller().store.send({ ...bought, orderLineId: 'another' });
    expect(other.body['instanceId']).not.toBe(body['instanceId']);
  });

  test('queryInstance tells a placeholder of every id that is asked for', async () => {
    const ids = ['b', 'a', 'ü', 'b'];
    const { body } = await seller().store.send({ ...query(...ids), testFlag: '1' });
    expect(body['info']).toMatchObject(
      ids.map((instanceId) => ({ instanceId, appInfo: { frontEndUrl: expect.stringMatching(/^https:/) } })),
    );
  });
});

test('debugging calls about an instance that is there, frozen or released leave it as it is, and tell nothing of it', async () => {
  const own = await startSeller();
  const { store, database } = own;
  const ids = await Promise.all([0, 1, 2].map(async () => String((await store.send(purchase())).body['instanceId'])));
  const [active = '', frozen = '', released = ''] = ids;
  await store.send(refreshInstance(active, '20270601000000', { orderId: 'CS-1', orderLineId: 'CS-1-1' }));
  await store.send(instanceStatus(frozen, 'FREEZE'));
  await store.send(releaseInstance(released));
  const { receipts: _, ...before } = await readLedger(database);
  for (const message of ids.flatMap(cases)) expect((await store.send(message)).resultCode).toBe('000000');
  // The same order line with another meaning is no conflict.
  const contradiction = refreshInstance(frozen, '20300101000000', {
    orderId: 'CS-1',
    orderLineId: 'CS-1-1',
    testFlag: '1',
  });
  expect((await store.send(contradiction)).resultCode).toBe('000000');
  const { receipts, ...after } = await readLedger(database);
  expect(after).toEqual(before);
  expect(receipts.every(({ conflict }) => conflict === null)).toBe(true);
});

describe('debugging traffic is still checked (R12)', () => {
  test.each(Object.keys(everyActivity) as InstanceActivity[])('%s: token and schema', async (name) => {
    const message = { ...everyActivity[name]('unknown'), testFlag: '1' };
    expect((await seller().store.send(message, { key: newKey('theirs') })).resultCode).toBe('000001');
    const [member = ''] = Object.keys(message).filter((each) => /^(instanceId|orderLineId)$/.test(each));
    const answer = await seller().store.send({ ...message, [member]: '' });
    expect(answer).toMatchObject({ resultCode: '000002', resultMsg: expect.stringContaining(`${member}: `) });
  });
});

test('an order id that only resembles a mock order is real', async () => {
  const own = await startSeller();
  const orders = ['MOCKONDEMAN', 'MOCKONDEMAND1', 'mockondemand'];
  for (const orderId of orders) await own.store.send(purchase({ orderId }));
  expect((await readLedger(own.database)).instances).toHaveLength(orders.length);
});
