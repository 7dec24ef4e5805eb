import { beforeEach, describe, expect, test } from 'vitest';
import {
  instanceStatus,
  type Message,
  purchase,
  query,
  refreshInstance,
  releaseInstance,
  upgrade,
} from '../callbacks.ts';
import { nothing, readLedger } from '../ledger-content.ts';
import { sharedSeller, startSeller } from '../seller.ts';

const seller = sharedSeller();
const send = async (message: Message, timestamp?: number): Promise<string> =>
  (await seller().store.send(message, timestamp === undefined ? {} : { timestamp })).resultCode;

let id = '';
beforeEach(async () => {
  id = String((await seller().store.send(purchase())).body['instanceId']);
});

describe('an instance’s life (R15–R18)', () => {
  test('refreshInstance sets the expiry once per order line', async () => {
    const renewal = refreshInstance(id, '20270101000000');
    expect([await send(renewal), await send(renewal)]).toEqual(['000000', '000000']);
    expect(await send(refreshInstance(id, '20260601000000'))).toBe('000000');
    const { expiresAt, orderLines } = await seller().instance(id);
    expect(expiresAt).toBe('2027-01-01T00:00:00.000Z');
    expect(orderLines.map(({ activity }) => activity).toSorted()).toEqual([
      'newInstance',
      'refreshInstance',
      'refreshInstance',
    ]);
    expect(orderLines.find(({ activity }) => activity === 'refreshInstance')).toMatchObject({ productId: 'P-1' });
  });

  test('many renewals at once come to the latest expiry', async () => {
    const years = [2030, 2027, 2031, 2028, 2029];
    const renewals = years.map((year) => refreshInstance(id, `${year}0101000000`));
    const codes = await Promise.all([...renewals, ...renewals.toReversed()].map((each) => send(each)));
    expect(new Set(codes)).toEqual(new Set(['000000']));
    expect(await seller().instance(id)).toMatchObject({ expiresAt: '2031-01-01T00:00:00.000Z', status: 'ACTIVE' });
  });

  test('updateInstanceStatus goes by the token’s timestamp', async () => {
    const { now } = seller().clock;
    expect(await send(instanceStatus(id, 'FREEZE'), now)).toBe('000000');
    expect(await send(instanceStatus(id, 'UNFREEZE'), now - 1)).toBe('000000');
    expect((await seller().instance(id)).status).toBe('FROZEN');
    expect(await send(instanceStatus(id, 'UNFREEZE'), now + 1)).toBe('000000');
    expect((await seller().instance(id)).status).toBe('ACTIVE');
  });

  test('releaseInstance is final', async () => {
    const renewal = refreshInstance(id, '20270101000000');
    await send(renewal);
    const release = releaseInstance(id, { orderId: 'CS-X', orderLineId: 'CS-X-000001' });
    expect([await send(release), await send(release)]).toEqual(['000000', '000000']);
    expect(await send(instanceStatus(id, 'FREEZE'))).toBe('000000');
    expect(await send(renewal)).toBe('000000');
    for (const message of [
      instanceStatus(id, 'UNFREEZE'),
      refreshInstance(id, '20280101000000'),
      upgrade(id),
      query(id),
    ]) {
      expect(await send(message)).toBe('000003');
    }
    expect(await seller().instance(id)).toMatchObject({ status: 'RELEASED', expiresAt: '2027-01-01T00:00:00.000Z' });
  });

  test('upgradeInstance is applied once per line', async () => {
    const upgraded = upgrade(id);
    expect([await send(upgraded), await send(upgraded)]).toEqual(['000000', '000000']);
    const lines = (await seller().instance(id)).orderLines.filter(({ activity }) => activity === 'upgradeInstance');
    expect(lines).toMatchObject([{ orderId: upgraded['orderId'], scene: '', expiresAt: null }]);
  });

  test.each<[string, (instanceId: string) => Message]>([
    ['upgradeInstance', upgrade],
    ['refreshInstance', (instanceId) => refreshInstance(instanceId, '20270101000000')],
  ])('an order line of %s that comes again for another instance is a conflict, by name', async (_name, make) => {
    const message = make(id);
    await send(message);
    const other = String((await seller().store.send(purchase())).body['instanceId']);
    const { resultCode, resultMsg } = await seller().store.send({ ...message, instanceId: other });
    expect(resultCode).toBe('000002');
    expect(resultMsg).toMatch(/^instanceId: /);
    expect((await seller().admin(`/callbacks?conflict=true&subject=${other}`)).body).toMatchObject({
      callbacks: [{ conflict: 'instanceId', resultCode: '000002' }],
    });
  });
});

test('an instance that is unknown is not taken in: 000003, decided anew at the retry (R19)', async () => {
  const { store, database } = await startSeller();
  const unknown = 'unknown';
  for (const message of [
    refreshInstance(unknown, '20270101000000'),
    instanceStatus(unknown, 'FREEZE'),
    releaseInstance(unknown),
    upgrade(unknown),
    query(unknown),
  ]) {
    expect((await store.send(message)).resultCode).toBe('000003');
    expect((await store.send(message)).resultCode).toBe('000003');
  }
  const { receipts: _, ...state } = await readLedger(database);
  expect(state).toEqual(nothing);
});

test('a setting makes a renewal unfreeze (R17)', async () => {
  const own = await startSeller({ environment: { RENEWAL_UNFREEZES: 'true' } });
  const bought = String((await own.store.send(purchase())).body['instanceId']);
  await own.store.send(instanceStatus(bought, 'FREEZE'));
  await own.store.send(refreshInstance(bought, '20270101000000'));
  expect((await own.instance(bought)).status).toBe('ACTIVE');
});
