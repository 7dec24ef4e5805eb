import { gzipSync } from 'node:zlib';
import { openApiBasePath } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { startMarket } from './running-market.ts';
import { callOpenApi } from './signed-call.ts';

/** The codes 9500000x, and what a hostile caller may send. */

const posts = [
  '/v1/license/activate',
  '/v2/license/activate',
  '/v1/license/heartbeat',
  '/v2/license/software-usage-info',
];

test.each(posts)('95000004 for a body of %s that is no JSON', async (path) => {
  const market = await startMarket();
  for (const text of ['', 'license=PL0', '{"license":', '\ufeff{"license":"PL0"}']) {
    const { status, body } = await callOpenApi(market, path, text);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error_code: '95000004', error_msg: 'req message is not readable' });
  }
});

test.each(posts)('95000001 for a body of %s that is JSON of another shape', async (path) => {
  const market = await startMarket();
  const nested = `${'['.repeat(5000)}${']'.repeat(5000)}`;
  for (const text of ['[]', 'null', '"PL0"', '{}', '{"license":1,"license_list":"PL0","usage_info":{}}', nested]) {
    const { status, body } = await callOpenApi(market, path, text);
    expect(status).toBe(400);
    expect(body['error_code']).toBe('95000001');
  }
});

test.each(['', 'P'.repeat(65)])('95000001 for a code of the wrong length', async (license) => {
  const market = await startMarket();
  for (const path of ['/v1/license/activate', '/v1/license/heartbeat']) {
    expect(await callOpenApi(market, path, { license })).toMatchObject({
      status: 400,
      body: { error_code: '95000001' },
    });
  }
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx'])(
  '95000003 for the content type %s',
  async (type) => {
    const market = await startMarket();
    const answer = await callOpenApi(
      market,
      '/v1/license/activate',
      { license: 'PL0' },
      { headers: { 'Content-Type': type } },
    );
    expect(answer).toMatchObject({ status: 415, body: { error_code: '95000003' } });
  },
);

test('a charset in the content type is fine', async () => {
  const market = await startMarket();
  const headers = { 'Content-Type': 'application/json;charset=utf-8' };
  const { body } = await callOpenApi(market, '/v1/license/activate', { license: 'PL0' }, { headers });
  expect(body['error_code']).toBe('92020005');
});

test('95000002 for another method', async () => {
  const market = await startMarket();
  for (const path of [...posts, '/v2/license/heartbeat']) {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await fetch(`${market.url}${openApiBasePath}${path}`, { method });
      expect(response.status).toBe(405);
      expect(await response.json()).toMatchObject({ error_code: '95000002' });
    }
  }
  const post = await callOpenApi(market, '/v1/order/query?orderId=CS0', {});
  expect(post).toMatchObject({ status: 404, body: { error_code: 'APIGW.0101' } }); // the code above is the License APIs'
});

test('a body over the limit is refused and forgotten', async () => {
  const market = await startMarket();
  const { status, body } = await callOpenApi(market, '/v1/license/activate', `{"license":"${'P'.repeat(1_100_000)}"}`);
  expect(status).toBe(413);
  expect(body['error_code']).toBe('APIGW.0201');
});

test('a compressed body is not unpacked', async () => {
  const market = await startMarket();
  const response = await fetch(`${market.url}${openApiBasePath}/v1/license/activate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
    body: gzipSync('{"license":"PL0"}'),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error_code: '95000004' });
});

test('members nobody asked for are ignored, __proto__ among them', async () => {
  const market = await startMarket();
  const { body } = await callOpenApi(
    market,
    '/v1/license/activate',
    '{"license":"PL0","__proto__":{"license":"PL1"},"x":1}',
  );
  expect(body['error_code']).toBe('92020005');
  expect(market.failures).toEqual([]);
});
