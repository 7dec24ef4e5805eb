import { formatStoreTime } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { advance, ok, type RunningMarket, startMarket } from '../running-market.ts';
import { callOpenApi } from '../signed-call.ts';

/** Test codes (测试授权码) debug the License open APIs before anything is sold. */

async function applied(body: { validity?: string; count?: number } = {}) {
  const market = await startMarket();
  const codes = ok(await market.control.applyTestCodes({ body }));
  return { market, codes, code: codes[0]?.code ?? '' };
}

const shown = async (market: RunningMarket, code: string) => ok(await market.control.testCode({ params: { code } }));
const activate = '/v1/license/activate';
const heartbeat = '/v1/license/heartbeat';

test('the page shows 已激活 after the activation and 已检测 after the query', async () => {
  const { market, code } = await applied();
  expect(await shown(market, code)).toMatchObject({ validity: 'P30D', activated: false, checked: false });
  expect((await callOpenApi(market, heartbeat, { license: code })).body['error_code']).toBe('92020011');
  expect(await shown(market, code)).toMatchObject({ checked: false, checkedAt: null });

  await advance(market, 'P10D');
  const activation = await callOpenApi(market, activate, { license: code });
  const { now } = ok(await market.control.clock());
  const after = await shown(market, code);
  expect(after).toMatchObject({ activated: true, activatedAt: now, checked: false });
  expect(Date.parse(after.expiresAt)).toBe(Date.parse(now) + 30 * 86_400_000);
  const { license_code_info: info } = Object(activation.body['data']);
  const expire_time = formatStoreTime(Date.parse(after.expiresAt));
  expect(JSON.parse(info)).toEqual({ status: 'ALIVE', expire_time, amount: 1 });

  const query = await callOpenApi(market, heartbeat, { license: code });
  expect(query.body['data']).toEqual({
    license_code: code,
    status: 'ALIVE',
    activate_time: formatStoreTime(Date.parse(now)),
    expire_time,
  });
  expect(await shown(market, code)).toMatchObject({ activated: true, checked: true, checkedAt: now });
});

test('a code is activated once, and not past its validity', async () => {
  const { market, codes } = await applied({ validity: 'P1M', count: 2 });
  const [first = '', second = ''] = codes.map(({ code }) => code);
  await callOpenApi(market, activate, { license: first });
  expect((await callOpenApi(market, activate, { license: first })).body['error_code']).toBe('92020003');
  await advance(market, 'P1M');
  expect((await callOpenApi(market, activate, { license: second })).body['error_code']).toBe('92020003');
  const { body } = await callOpenApi(market, heartbeat, { license: first });
  expect(body['data']).toMatchObject({ status: 'EXPIRED' });
});

test('a batch may hold test codes, and their usage is taken', async () => {
  const { market, codes } = await applied({ count: 3 });
  const license_list = codes.map(({ code }) => code);
  expect((await callOpenApi(market, '/v2/license/activate', { license_list })).body['error_code']).toBe('92020000');
  const usage_info = license_list.map((license) => ({ license, software_usage_Info: [{ active_num: 1 }] }));
  expect((await callOpenApi(market, '/v2/license/software-usage-info', { usage_info })).body['error_code']).toBe(
    '92020000',
  );
  const all = ok(await market.control.testCodes({}));
  expect(all.map(({ activated }) => activated)).toEqual([true, true, true]);
});

test('the validity is edited, before the activation and after it', async () => {
  const { market, code } = await applied();
  const edit = async (validity: string) =>
    ok(await market.control.editTestCode({ params: { code }, body: { validity } }));
  const { appliedAt } = await shown(market, code);
  expect(Date.parse((await edit('P2D')).expiresAt)).toBe(Date.parse(appliedAt) + 2 * 86_400_000);
  await callOpenApi(market, activate, { license: code });
  await advance(market, 'P2D');
  expect((await callOpenApi(market, heartbeat, { license: code })).body['data']).toMatchObject({ status: 'EXPIRED' });
  expect(await edit('P3D')).toMatchObject({ validity: 'P3D', activated: true });
  expect((await callOpenApi(market, heartbeat, { license: code })).body['data']).toMatchObject({ status: 'ALIVE' });
});

test('nobody is called for a test code, however far the clock moves, and it is sold to nobody', async () => {
  const { market, code } = await applied();
  await callOpenApi(market, activate, { license: code });
  const before = market.seller.calls.length;
  await advance(market, 'P2Y');
  expect(market.seller.calls).toHaveLength(before);
  expect(ok(await market.control.licenses({}))).toEqual([]);
  expect((await market.control.renew({ params: { code }, body: {} })).status).toBe(404);
});

test('codes are listed in the order in which they were given, page by page', async () => {
  const { market, codes } = await applied({ count: 5 });
  const names = codes.map(({ code }) => code);
  expect(new Set(names).size).toBe(5);
  const [, second = ''] = names;
  const page = ok(await market.control.testCodes({ query: { after: second, limit: '2' } }));
  expect(page.map(({ code }) => code)).toEqual(names.slice(2, 4));
  const [further] = ok(await market.control.applyTestCodes({ body: {} }));
  expect(names).not.toContain(further?.code);
});

test.each([
  [400, { validity: 'P0D' }],
  [400, { validity: 'P1Y6M' }],
  [400, { validity: '30' }],
  [400, { count: 101 }],
  [400, { count: 0 }],
  [400, { days: 30 }],
  [409, { validity: 'P9999Y' }],
])('%i for %j', async (status, body) => {
  const market = await startMarket();
  const response = await fetch(`${market.url}/control/test-codes`, { method: 'POST', body: JSON.stringify(body) });
  expect(response.status).toBe(status);
  expect(ok(await market.control.testCodes({}))).toEqual([]);
});

test('404 for a code that was not given', async () => {
  const { market } = await applied();
  const params = { code: 'TESTNOBODY' };
  expect((await market.control.testCode({ params })).status).toBe(404);
  expect((await market.control.editTestCode({ params, body: { validity: 'P1D' } })).status).toBe(404);
});
