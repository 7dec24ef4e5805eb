import { openApiBasePath, signAksk } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { accessKey, bought, licenseOf, ok, startMarket } from './running-market.ts';
import { callOpenApi, type Departure } from './signed-call.ts';

/** The gateway in front of the open APIs. */

const activate = '/v1/license/activate';
const minute = 60_000;

test.each<[string, () => Departure]>([
  ['another access key', () => ({ key: { ak: 'SOMEBODYELSE', sk: accessKey.sk } })],
  ['another secret key', () => ({ key: { ak: accessKey.ak, sk: 'guess' } })],
  ['a date 16 minutes old', () => ({ at: Date.now() - 16 * minute })],
  ['a date 16 minutes ahead', () => ({ at: Date.now() + 16 * minute })],
  ['another body than was signed', () => ({ sent: '{"license":"PLOTHER"}' })],
])('401 APIGW.0301 for %s', async (_, departure) => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  ok(await market.control.claim({ params: { code }, body: {} }));
  const { status, headers, body } = await callOpenApi(market, activate, { license: code }, departure());
  expect(status).toBe(401);
  expect(body).toEqual({
    error_code: 'APIGW.0301',
    error_msg: expect.stringMatching(/^Incorrect IAM authentication information: ./),
    request_id: headers.get('x-request-id'),
  });
  expect(JSON.stringify(body)).not.toContain(accessKey.sk);
  expect(await licenseOf(market, code)).toMatchObject({ activatedAt: null });
});

test('a date within 15 minutes is taken', async () => {
  const market = await startMarket();
  const { body } = await callOpenApi(market, activate, { license: 'PL0' }, { at: Date.now() - 14 * minute });
  expect(body['error_code']).toBe('92020005');
});

test('the window is one of real time, wherever the life-cycle clock stands (R23)', async () => {
  const market = await startMarket();
  ok(await market.control.moveClock({ body: { advance: 'P5Y' } }));
  expect((await callOpenApi(market, activate, { license: 'PL0' })).body['error_code']).toBe('92020005');
});

test.each([
  ['none', undefined],
  ['another scheme', 'Bearer token'],
  ['half of one', 'SDK-HMAC-SHA256 Access=SELLERACCESSKEY'],
])('401 for an Authorization header: %s', async (_, authorization) => {
  const market = await startMarket();
  const response = await fetch(`${market.url}${openApiBasePath}${activate}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    body: '{"license":"PL0"}',
  });
  expect(response.status).toBe(401);
});

test('the query is part of what is signed', async () => {
  const market = await startMarket();
  const { orderId } = await bought(market);
  const target = `${openApiBasePath}/v1/order/query?orderId=CS0`;
  const headers = signAksk(
    { method: 'GET', target, headers: { Host: new URL(market.url).host }, body: '' },
    accessKey,
    Date.now(),
  );
  const response = await fetch(`${market.url}${target.replace('CS0', orderId)}`, { headers });
  expect(response.status).toBe(401);
});

test('without a key pair in the settings nobody gets in', async () => {
  const market = await startMarket({ SELLER_AK: '', SELLER_SK: '' });
  const { status, body } = await callOpenApi(market, activate, { license: 'PL0' });
  expect(status).toBe(401);
  expect(body['error_msg']).toContain('no SELLER_AK');
});

test('404 APIGW.0101 for an address that is no API', async () => {
  const market = await startMarket();
  const { status, body } = await callOpenApi(market, '/v3/license/activate', { license: 'PL0' });
  expect(status).toBe(404);
  expect(body).toMatchObject({ error_code: 'APIGW.0101', request_id: expect.any(String) });
});
