import { signAksk, usagePushApi } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { accessKey, ok, type RunningMarket, startMarket } from '../running-market.ts';
import { sellerKeys } from '../stub-seller.ts';
import { baseSecret, type Departure, hourly, push, pushOld } from './pushing.ts';

/** Who may push: the three headers of the new interface, AK/SK for the old one. */

const minute = 60_000;
const body = async (market: RunningMarket) => ({ usage_records: [await hourly(market, 'NOBODY')] });
const kept = async (market: RunningMarket) => ok(await market.control.usageRecords({ query: {} })).length;

test.each<[string, string, () => Departure]>([
  ['MKT.0199', 'no signature', () => ({ headers: { signature: '' } })],
  ['MKT.0199', 'no ts', () => ({ headers: { ts: '' } })],
  ['MKT.0199', 'no nonce', () => ({ headers: { nonce: '' } })],
  ['MKT.0102', 'a signature in hex', () => ({ headers: { signature: 'ab'.repeat(32) } })],
  ['MKT.0102', 'the key of another class', () => ({ accessKey: sellerKeys.license[0]?.secret ?? '' })],
  ['MKT.0102', 'a ts 16 minutes old', () => ({ ts: Date.now() - 16 * minute })],
  ['MKT.0102', 'a ts 16 minutes ahead', () => ({ ts: Date.now() + 16 * minute })],
  ['MKT.0102', 'a ts in seconds', () => ({ ts: Math.floor(Date.now() / 1000) })],
  ['MKT.0102', 'another body than was signed', () => ({ sent: '{"usage_records":[]}' })],
  ['MKT.0102', 'a nonce of 65 characters', () => ({ nonce: 'n'.repeat(65) })],
])('%s for %s', async (code, _, departure) => {
  const market = await startMarket();
  const answer = await push(market, await body(market), departure());
  expect([answer.status, answer.body['error_code']]).toEqual([400, code]);
  expect(JSON.stringify(answer.body)).not.toContain(baseSecret);
  expect(await kept(market)).toBe(0);
});

test('a ts within 15 minutes is taken, wherever the life-cycle clock stands (R23)', async () => {
  const market = await startMarket();
  ok(await market.control.moveClock({ body: { advance: 'P5Y' } }));
  for (const ts of [Date.now() - 14 * minute, Date.now() + 14 * minute]) {
    expect((await push(market, await body(market), { ts })).body['error_code']).toBe('MKT.0000');
  }
});

test('a nonce is used once, also by pushes of other bodies', async () => {
  const market = await startMarket();
  const nonce = 'once-and-never-again';
  expect((await push(market, await body(market), { nonce })).body['error_code']).toBe('MKT.0000');
  const again = await push(market, await body(market), { nonce });
  expect(again).toMatchObject({
    status: 400,
    body: { error_code: 'MKT.0102', error_msg: expect.stringContaining('nonce') },
  });
  expect(await kept(market)).toBe(1);
});

test('a body signed in natural order and sent in another is accepted', async () => {
  const market = await startMarket();
  const record = await hourly(market, 'NOBODY');
  const sent = `{ "usage_records" : ${JSON.stringify([record])} }`;
  const signed = JSON.stringify({ usage_records: [record] });
  expect((await push(market, signed, { sent })).body['error_code']).toBe('MKT.0000');
});

test('MKT.0101 for a member that comes twice', async () => {
  const market = await startMarket();
  const [record] = (await body(market)).usage_records;
  const twice = `{"usage_records":[],"usage_records":[${JSON.stringify(record)}]}`;
  expect((await push(market, twice)).body['error_code']).toBe('MKT.0101');
});

test('AK/SK beside the headers is verified where it comes', async () => {
  const market = await startMarket();
  const text = JSON.stringify(await body(market));
  const target = usagePushApi.usagePush.path;
  const given = { 'Content-Type': 'application/json', Host: new URL(market.url).host };
  const withKey = (sk: string) => ({
    headers: signAksk({ method: 'POST', target, headers: given, body: text }, { ...accessKey, sk }, Date.now()),
  });
  expect((await push(market, text, withKey(accessKey.sk))).body['error_code']).toBe('MKT.0000');
  expect(await push(market, text, withKey('guess'))).toMatchObject({ status: 401, body: { error_code: 'APIGW.0301' } });
  expect(await kept(market)).toBe(1);
});

test('the old interface takes AK/SK and nothing else', async () => {
  const market = await startMarket();
  const { metering_sn: _, ...usage } = await hourly(market, 'NOBODY');
  const old = { usage_records: [{ ...usage, product_id: 'P' }] };
  expect(await pushOld(market, old, { ...accessKey, sk: 'guess' })).toMatchObject({
    status: 401,
    body: { error_code: 'APIGW.0301' },
  });
  const response = await fetch(`${market.url}${usagePushApi.usagePushOld.path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(old),
  });
  expect(response.status).toBe(401);
  expect((await pushOld(market, old)).body['error_code']).toBe('MKT.0000');
  expect(await kept(market)).toBe(1);
});

test('without a key of the base interfaces nobody can push', async () => {
  const market = await startMarket({ KOOBRIDGE_KEYS: JSON.stringify({ license: sellerKeys.license }) });
  expect((await push(market, await body(market))).body['error_code']).toBe('MKT.0102');
});
