import { usagePushApi } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { ok, type RunningMarket, startMarket } from '../running-market.ts';
import { hourly, push, pushOld } from './pushing.ts';

/** The codes of the call as a whole; a push that is refused leaves nothing behind. */

const kept = async (market: RunningMarket) => ok(await market.control.usageRecords({ query: {} }));

test.each<[string, number, string, (record: object) => unknown]>([
  ['MKT.0199', 400, 'no JSON', () => '{"usage_records":'],
  ['MKT.0199', 400, 'no records', () => ({})],
  [
    'MKT.0199',
    400,
    'a record without its instance',
    (record) => ({ usage_records: [{ ...record, instance_id: undefined }] }),
  ],
  ['MKT.0101', 400, 'another member', (record) => ({ usage_records: [record], more: 1 })],
  ['MKT.0101', 400, 'another member of a record', (record) => ({ usage_records: [{ ...record, more: 1 }] })],
  ['MKT.0101', 400, "the old interface's member", (record) => ({ usage_records: [{ ...record, product_id: 'P' }] })],
  ['MKT.0101', 400, 'an empty instance', (record) => ({ usage_records: [{ ...record, instance_id: '' }] })],
  ['MKT.0101', 400, 'a value that is none', (record) => ({ usage_records: [{ ...record, usage_value: [] }] })],
  ['MKT.0101', 400, 'an array', () => '[]'],
  [
    'MKT.0100',
    500,
    'a time that is too long',
    (record) => ({ usage_records: [{ ...record, end_time: '2'.repeat(18) }] }),
  ],
  [
    'MKT.0100',
    500,
    'an id that is too long',
    (record) => ({ usage_records: [{ ...record, metering_sn: 'é'.repeat(65) }] }),
  ],
  ['MKT.9002', 500, 'an empty list', () => ({ usage_records: [] })],
  ['MKT.9003', 500, '1001 records', (record) => ({ usage_records: Array.from({ length: 1001 }, () => record) })],
])('%s with HTTP %i for %s', async (code, expected, _, body) => {
  const market = await startMarket();
  const { status, body: answer } = await push(market, body(await hourly(market, 'INSTANCE')));
  expect([answer['error_code'], status]).toEqual([code, expected]);
  expect(String(answer['error_msg']).length).toBeGreaterThan(10);
  expect(await kept(market)).toEqual([]);
  expect(market.failures).toEqual([]);
});

test('1000 records are one push', async () => {
  const market = await startMarket();
  const record = await hourly(market, 'NOBODY');
  const { body } = await push(market, { usage_records: Array.from({ length: 1000 }, () => record) });
  expect(body['error_code']).toBe('MKT.0000');
  expect(ok(await market.control.validateUsageRecords({ body: {} }))).toEqual({ billed: 0, abnormal: 1000 });
});

test('the old interface wants the product, and no id of a record', async () => {
  const market = await startMarket();
  const { metering_sn, ...usage } = await hourly(market, 'NOBODY');
  expect((await pushOld(market, { usage_records: [usage] })).body['error_code']).toBe('MKT.0199');
  const both = { ...usage, metering_sn, product_id: 'P' };
  expect((await pushOld(market, { usage_records: [both] })).body['error_code']).toBe('MKT.0101');
  expect(await kept(market)).toEqual([]);
});

test('413 for a body over a mebibyte', async () => {
  const market = await startMarket();
  const { status, body } = await push(market, `{"usage_records":["${'x'.repeat(1_100_000)}"]}`);
  expect([status, body['error_code']]).toEqual([413, 'APIGW.0201']);
});

test('404 of the gateway for another method, and for a neighbouring path', async () => {
  const market = await startMarket();
  for (const { path } of Object.values(usagePushApi)) {
    const get = await fetch(`${market.url}${path}`);
    expect(get.status).toBe(404);
    expect(await get.json()).toMatchObject({ error_code: 'APIGW.0101', error_msg: expect.stringContaining('GET') });
    const near = await fetch(`${market.url}${path}/more`, { method: 'POST' });
    expect(near.status).toBe(404);
    expect(await near.json()).toMatchObject({ error_code: 'APIGW.0101' });
  }
});

test('MKT.0199 for another content type', async () => {
  const market = await startMarket();
  const { status, body } = await push(market, '{}', { headers: { 'Content-Type': 'text/plain' } });
  expect([status, body['error_code']]).toEqual([400, 'MKT.0199']);
});
