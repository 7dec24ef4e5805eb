import { expect, test } from 'vitest';
import { bought, licenseOf, ok, type RunningMarket, startMarket } from './running-market.ts';
import { callOpenApi } from './signed-call.ts';

const activateBatch = '/v2/license/activate';

async function claimedCodes(market: RunningMarket, count: number): Promise<string[]> {
  const codes: string[] = [];
  for (let made = 0; made < count; made += 1) {
    const { license: code } = await bought(market);
    ok(await market.control.claim({ params: { code }, body: {} }));
    codes.push(code);
  }
  return codes;
}

test('a batch of claimed codes is activated as one', async () => {
  const market = await startMarket();
  const codes = await claimedCodes(market, 3);
  const { status, body } = await callOpenApi(market, activateBatch, { license_list: codes });
  expect(status).toBe(200);
  expect(body).toEqual({ error_code: '92020000', error_msg: 'success' });
  for (const code of codes) expect((await licenseOf(market, code)).activatedAt).not.toBeNull();
});

test('one bad code refuses all with 92020020', async () => {
  const market = await startMarket();
  const codes = await claimedCodes(market, 2);
  const [first = ''] = codes;
  const { license: unclaimed } = await bought(market);
  for (const bad of [['PLUNKNOWN'], [unclaimed], [first]]) {
    const { status, body } = await callOpenApi(market, activateBatch, { license_list: [...codes, ...bad] });
    expect(status).toBe(200);
    expect(body).toEqual({ error_code: '92020020', error_msg: 'Invalid license code exists.' });
  }
  for (const code of codes) expect(await licenseOf(market, code)).toMatchObject({ activatedAt: null });
});

test('the common effect time is refused as itself', async () => {
  const market = await startMarket();
  const codes = await claimedCodes(market, 2);
  const early = await callOpenApi(market, activateBatch, { license_list: codes, real_effect_time: '20200101000000' });
  expect(early.body['error_code']).toBe('92020002');
  const odd = await callOpenApi(market, activateBatch, { license_list: codes, real_effect_time: 'now' });
  expect(odd).toMatchObject({ status: 400, body: { error_code: '95000001' } });
});

test.each([
  ['none', []],
  ['101', Array.from({ length: 101 }, (_, index) => `PL${index}`)],
  ['an empty one', ['']],
  ['one too long', ['P'.repeat(65)]],
])('95000001 for a list of %s', async (_, license_list) => {
  const market = await startMarket();
  const { status, body } = await callOpenApi(market, activateBatch, { license_list });
  expect(status).toBe(400);
  expect(body['error_code']).toBe('95000001');
});
