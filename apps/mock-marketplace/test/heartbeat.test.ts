import { formatStoreTime } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { advance, bought, licenseOf, ok, startMarket } from './running-market.ts';
import { callOpenApi } from './signed-call.ts';

const heartbeat = '/v1/license/heartbeat';

test('a code is queried through its life: ALIVE, EXPIRED also when frozen, RELEASED', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market, 'license-monthly', 'V5');
  ok(await market.control.claim({ params: { code }, body: {} }));
  await callOpenApi(market, '/v1/license/activate', { license: code });
  const { expiresAt, activatedAt } = await licenseOf(market, code);
  const query = async () => {
    const { status, body } = await callOpenApi(market, heartbeat, { license: code });
    expect(status).toBe(200);
    expect(body).toMatchObject({ error_code: '92020000', error_msg: 'success' });
    return body['data'];
  };
  const known = {
    license_code: code,
    activate_time: formatStoreTime(Date.parse(activatedAt ?? '')),
    expire_time: formatStoreTime(Date.parse(expiresAt)),
    product_name: 'Mock License,Standard,Monthly',
  };
  expect(await query()).toEqual({ ...known, status: 'ALIVE' });
  ok(await market.control.moveClock({ body: { to: expiresAt } }));
  expect(await query()).toEqual({ ...known, status: 'EXPIRED' });
  await advance(market, 'P8D');
  expect((await licenseOf(market, code)).status).toBe('FROZEN');
  expect(await query()).toEqual({ ...known, status: 'EXPIRED' });
  await advance(market, 'P15D');
  expect(await query()).toEqual({ ...known, status: 'RELEASED' });
});

test('the retired heartbeatInfo is still taken', async () => {
  const market = await startMarket();
  const { license } = await bought(market);
  const body = { license, heartbeatInfo: { thirdPartyAccount: 'account1', ip: '192.168.1.51', more: 1 } };
  expect((await callOpenApi(market, heartbeat, body)).body['error_code']).toBe('92020011');
});

test('92020011 before the activation, 92020005 for an unknown code', async () => {
  const market = await startMarket();
  const { license } = await bought(market);
  const early = await callOpenApi(market, heartbeat, { license });
  expect(early).toMatchObject({
    status: 200,
    body: { error_code: '92020011', error_msg: 'license code has been not activated.' },
  });
  const unknown = await callOpenApi(market, heartbeat, { license: 'PLUNKNOWN' });
  expect(unknown).toMatchObject({ status: 200, body: { error_code: '92020005' } });
});

test('the batch query, which no page describes, says openly that it is not here', async () => {
  const market = await startMarket();
  const { status, body } = await callOpenApi(market, '/v2/license/heartbeat', { license_list: ['PL1'] });
  expect(status).toBe(404);
  expect(body).toMatchObject({ error_code: 'APIGW.0101', error_msg: expect.stringContaining('documented nowhere') });
});
