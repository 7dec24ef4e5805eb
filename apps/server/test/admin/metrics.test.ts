import { describe, expect, test } from 'vitest';
import {
  cancellation,
  changeCheck,
  orderNotice,
  purchase,
  refreshInstance,
  renewal,
  statusChange,
} from '../callbacks.ts';
import { newKey } from '../credentials.ts';
import { type Seller, startSeller } from '../seller.ts';

/** The samples of GET /metrics whose name begins so. */
async function samples(seller: Seller, prefix: string): Promise<Record<string, number>> {
  const response = await seller.get('/metrics');
  expect(response.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split('\n').filter((line) => line.startsWith(prefix));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
}

const expireTime = '20270101000000';

describe('GET /metrics', () => {
  test('counts every callback by activity and result code', async () => {
    const seller = await startSeller();
    const { store } = seller;
    const order = { orderId: 'CS-1', orderLineId: 'CS-1-000001' };
    await store.send(renewal('PL-1', expireTime, order));
    await store.send(renewal('PL-2', expireTime, order));
    await store.send(statusChange('PL-1', 'FREEZE'), { nonce: 'once' });
    await store.send(statusChange('PL-1', 'FREEZE'), { nonce: 'once' });
    await store.send(renewal('PL-1', expireTime), { key: newKey('theirs') });
    await store.send('not JSON');
    await store.send('', { method: 'PUT' });
    await store.send('', { subPath: '/x' });
    expect(await samples(seller, 'koobridge_callbacks_total')).toEqual({
      'koobridge_callbacks_total{activity="refreshLicenseCode",result_code="000000"}': 1,
      'koobridge_callbacks_total{activity="refreshLicenseCode",result_code="000002"}': 1,
      'koobridge_callbacks_total{activity="updateLicenseCodeStatus",result_code="000000"}': 1,
      'koobridge_callbacks_total{activity="updateLicenseCodeStatus",result_code="000001"}': 1,
      'koobridge_callbacks_total{activity="refused",result_code="000001"}': 1,
      'koobridge_callbacks_total{activity="refused",result_code="000002"}': 3,
    });
    expect(await samples(seller, 'koobridge_callback_seconds_count')).toEqual({ koobridge_callback_seconds_count: 8 });
  });

  test('tells why callbacks were refused, what became of order lines, and how debugging calls went', async () => {
    const seller = await startSeller();
    const { store } = seller;
    const order = { orderId: 'CS-1', orderLineId: 'CS-1-000001' };
    await store.send(renewal('PL-1', expireTime, order));
    await store.send(renewal('PL-1', expireTime, order));
    await store.send(renewal('PL-2', expireTime, order));
    await store.send(purchase({ ...order, businessId: 'b' }));
    await store.send(purchase({ ...order, businessId: 'c' }));
    await store.send(orderNotice(order));
    await store.send(refreshInstance('unknown', expireTime));
    await store.send(renewal('PL-1', expireTime), { key: newKey('theirs') });
    await store.send(renewal('PL-1', 'never', { testFlag: '1' }));
    await store.send(renewal('PL-1', expireTime, { testFlag: '1' }));
    await store.send('', { method: 'PUT' });
    const counted = async (name: string) =>
      Object.fromEntries(Object.entries(await samples(seller, name)).filter(([, value]) => value > 0));
    expect(await counted('koobridge_callbacks_refused_total')).toEqual({
      'koobridge_callbacks_refused_total{reason="conflict"}': 1,
      'koobridge_callbacks_refused_total{reason="unknown-subject"}': 1,
      'koobridge_callbacks_refused_total{reason="signature-wrong"}': 1,
      'koobridge_callbacks_refused_total{reason="schema"}': 1,
      'koobridge_callbacks_refused_total{reason="wrong-method"}': 1,
    });
    expect(await counted('koobridge_order_lines_total')).toEqual({
      'koobridge_order_lines_total{outcome="applied"}': 3,
      'koobridge_order_lines_total{outcome="repeated"}': 2,
      'koobridge_order_lines_total{outcome="conflict"}': 1,
    });
    expect(await counted('koobridge_debugging_calls_total')).toEqual({
      'koobridge_debugging_calls_total{result_code="000000"}': 1,
      'koobridge_debugging_calls_total{result_code="000002"}': 1,
    });
    expect(await counted('koobridge_failed_calls_total')).toEqual({
      'koobridge_failed_calls_total{activity="refreshLicenseCode"}': 1,
      'koobridge_failed_calls_total{activity="refreshInstance"}': 1,
    });
  });

  test('tells how many callbacks a commit held', async () => {
    const seller = await startSeller();
    await Promise.all(Array.from({ length: 40 }, (_, index) => seller.store.send(renewal(`PL-${index}`, expireTime))));
    const told = await samples(seller, 'koobridge_commit_callbacks');
    expect(told['koobridge_commit_callbacks_sum']).toBe(40);
  });

  test('an answering handler that throws is counted', async () => {
    const checkChange = () => Promise.reject(new Error('no'));
    const seller = await startSeller({ handlers: { answering: { checkChange } } });
    await seller.store.send(changeCheck('i'));
    const { body } = await seller.store.send(purchase());
    await seller.store.send(changeCheck(String(body['instanceId'])));
    expect(await samples(seller, 'koobridge_answering_failures_total')).toEqual({
      'koobridge_answering_failures_total{handler="answering.checkChange"}': 1,
    });
  });

  test('an activity that nobody knows makes no series of its own', async () => {
    const seller = await startSeller();
    for (const activity of ['a', 'b', 'c']) await seller.store.send({ activity });
    expect(Object.keys(await samples(seller, 'koobridge_callbacks_total'))).toHaveLength(1);
  });

  test('counts what somebody has to look at (R16, R17)', async () => {
    const seller = await startSeller();
    const gauges = () => samples(seller, 'koobridge_licenses');
    const none = { koobridge_licenses_frozen_unexpired: 0, koobridge_licenses_expiry_unconfirmed: 0 };
    expect(await gauges()).toEqual(none);
    for (const code of ['PL-1', 'PL-2', 'PL-3']) await seller.store.send(renewal(code, expireTime));
    for (const code of ['PL-1', 'PL-2']) await seller.store.send(statusChange(code, 'FREEZE'));
    await seller.store.send(cancellation('PL-3', expireTime));
    expect(await gauges()).toEqual({
      koobridge_licenses_frozen_unexpired: 2,
      koobridge_licenses_expiry_unconfirmed: 1,
    });
    await seller.store.send(statusChange('PL-1', 'UNFREEZE'));
    expect(await gauges()).toMatchObject({ koobridge_licenses_frozen_unexpired: 1 });
  });
});
