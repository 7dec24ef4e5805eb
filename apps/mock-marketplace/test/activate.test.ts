import { expect, test } from 'vitest';
import { advance, bought, licenseOf, ok, startMarket } from './running-market.ts';
import { callOpenApi } from './signed-call.ts';

/** Activation through the open API, with every error code it may answer. */

const activate = '/v1/license/activate';

async function claimed() {
  const market = await startMarket();
  const { license: code, orderId } = await bought(market, 'license-monthly');
  ok(await market.control.claim({ params: { code }, body: {} }));
  return { market, code, orderId };
}

const stamp = (instant: string): string => instant.slice(0, 19).replaceAll(/\D/g, '');

test('a claimed code is activated, and its period runs from then', async () => {
  const { market, code, orderId } = await claimed();
  await advance(market, 'P10D');
  const { now } = ok(await market.control.clock());
  const { status, body } = await callOpenApi(market, activate, { license: code });
  const after = await licenseOf(market, code);
  expect(after).toMatchObject({ status: 'ACTIVE', activatedAt: now });
  expect(Date.parse(after.expiresAt)).toBeGreaterThan(Date.parse(now) + 27 * 86_400_000);
  expect(status).toBe(200);
  expect(body).toMatchObject({ error_code: '92020000', error_msg: 'success' });
  const { license_code_info: info } = Object(body['data']);
  expect(JSON.parse(info)).toEqual({
    status: 'ALIVE',
    expire_time: stamp(after.expiresAt),
    product_id: 'MOCKLICENSE0001-MONTH',
    amount: 1,
    order_id: orderId,
  });
  expect(ok(await market.control.order({ params: { orderId } })).status).toBe('COMPLETED');
});

test('the period may run from another moment, the real effect time', async () => {
  const { market, code } = await claimed();
  const { orderedAt } = await licenseOf(market, code);
  const original = (await licenseOf(market, code)).expiresAt;
  await advance(market, 'P10D');
  const answer = await callOpenApi(market, activate, { license: code, real_effect_time: stamp(orderedAt) });
  expect(answer.body['error_code']).toBe('92020000');
  expect((await licenseOf(market, code)).expiresAt).toBe(original);
});

test('renewals made before the activation follow its period', async () => {
  const { market, code } = await claimed();
  ok(await market.control.renew({ params: { code }, body: { period: 'year' } }));
  await advance(market, 'P10D');
  await callOpenApi(market, activate, { license: code });
  const { expiresAt, activatedAt } = await licenseOf(market, code);
  expect(Date.parse(expiresAt) - Date.parse(activatedAt ?? '')).toBeGreaterThan((365 + 27) * 86_400_000);
});

test('92020004 before the buyer claimed the code', async () => {
  const market = await startMarket();
  const { license } = await bought(market);
  const { status, body } = await callOpenApi(market, activate, { license });
  expect(status).toBe(200);
  expect(body).toEqual({ error_code: '92020004', error_msg: 'can not active before user received.' });
});

test('92020003 for a second activation, and nothing moves', async () => {
  const { market, code } = await claimed();
  await callOpenApi(market, activate, { license: code });
  const before = await licenseOf(market, code);
  await advance(market, 'P1D');
  expect((await callOpenApi(market, activate, { license: code })).body['error_code']).toBe('92020003');
  expect(await licenseOf(market, code)).toMatchObject({ expiresAt: before.expiresAt });
});

test('92020003 for a code that expired unactivated', async () => {
  const { market, code } = await claimed();
  await advance(market, 'P1M');
  expect((await callOpenApi(market, activate, { license: code })).body['error_code']).toBe('92020003');
});

test('92020002 for an effect before the order or beyond the calendar', async () => {
  const { market, code } = await claimed();
  for (const real_effect_time of ['20200101000000', '99991231235959']) {
    const { status, body } = await callOpenApi(market, activate, { license: code, real_effect_time });
    expect(status).toBe(200);
    expect(body['error_code']).toBe('92020002');
  }
  expect(await licenseOf(market, code)).toMatchObject({ activatedAt: null });
});

test.each(['20230230000000', '2026-01-01', '', '2026010100000'])('95000001 for the effect time "%s"', async (time) => {
  const { market, code } = await claimed();
  const { status, body } = await callOpenApi(market, activate, { license: code, real_effect_time: time });
  expect(status).toBe(400);
  expect(body['error_code']).toBe('95000001');
});

test('92020005 for a code that does not exist', async () => {
  const market = await startMarket();
  const { status, body } = await callOpenApi(market, activate, { license: 'PLUNKNOWN' });
  expect(status).toBe(200);
  expect(body).toEqual({ error_code: '92020005', error_msg: 'license code notexist' });
});
