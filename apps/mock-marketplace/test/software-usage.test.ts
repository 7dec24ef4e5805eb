import { expect, test } from 'vitest';
import { bought, licenseOf, ok, startMarket } from './running-market.ts';
import { callOpenApi } from './signed-call.ts';

const usage = '/v2/license/software-usage-info';

async function activated() {
  const market = await startMarket();
  const { license: code } = await bought(market);
  ok(await market.control.claim({ params: { code }, body: {} }));
  await callOpenApi(market, '/v1/license/activate', { license: code });
  return { market, code };
}

test('the usage of an activated code is taken and counted', async () => {
  const { market, code } = await activated();
  const entries = [{ id: 'account1' }, { active_num: 100 }];
  const { status, body } = await callOpenApi(market, usage, {
    usage_info: [{ license: code, software_usage_Info: entries }],
  });
  expect(status).toBe(200);
  expect(body).toEqual({ error_code: '92020000', error_msg: 'success' });
  expect(await licenseOf(market, code)).toMatchObject({ usageReports: 2 });
});

test('one code that is unknown or not activated refuses the whole report', async () => {
  const { market, code } = await activated();
  const { license: fresh } = await bought(market);
  for (const bad of ['PLUNKNOWN', fresh]) {
    const usage_info = [code, bad].map((license) => ({ license, software_usage_Info: [{ id: 'a' }] }));
    expect((await callOpenApi(market, usage, { usage_info })).body['error_code']).toBe('92020020');
  }
  expect(await licenseOf(market, code)).toMatchObject({ usageReports: 0 });
});

test.each([
  ['both fields', { id: 'a', active_num: 1 }],
  ['neither field', {}],
  ['a fraction', { active_num: 1.5 }],
  ['a number of ten digits', { active_num: 1_000_000_000 }],
  ['a long id', { id: 'a'.repeat(257) }],
])('95000001 for an entry with %s', async (_, entry) => {
  const { market, code } = await activated();
  const { status, body } = await callOpenApi(market, usage, {
    usage_info: [{ license: code, software_usage_Info: [entry] }],
  });
  expect(status).toBe(400);
  expect(body['error_code']).toBe('95000001');
});
