import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { bought, licenseOf, ok, type RunningMarket, startMarket } from './running-market.ts';

const post = async (
  market: RunningMarket,
  path: string,
  body?: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) => {
  const response = await fetch(`${market.url}/control${path}`, {
    method: 'POST',
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const answer: { error?: unknown } = Object(await response.json());
  return { status: response.status, error: answer.error };
};

test('where nothing is asked for, a body may be absent, empty or {}', async () => {
  const market = await startMarket();
  const { license } = await bought(market);
  for (const body of [undefined, '', '{}'])
    expect((await post(market, `/licenses/${license}/renew`, body)).status).toBe(200);
});

test('the content type does not matter, as curl sends another', async () => {
  const market = await startMarket();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  expect((await post(market, '/orders', '{"product":"license-yearly"}', headers)).status).toBe(200);
});

test.each([
  ['no JSON', 'product=license-yearly'],
  ['half a JSON', '{"product":'],
  ['no object', '["license-yearly"]'],
  ['null', 'null'],
  ['a BOM', '\ufeff{"product":"license-yearly"}'],
  ['invalid UTF-8', Uint8Array.from([0x7b, 0xff, 0x7d])],
  ['no product', '{}'],
  ['a product that is a number', '{"product":1}'],
  ['a level there is not', '{"product":"license-yearly","customerLevel":"V6"}'],
  ['none of it', '{"product":"license-yearly","quantity":0}'],
  ['half of it', '{"product":"license-yearly","quantity":0.5}'],
  ['too much', '{"product":"license-yearly","quantity":1e99}'],
  ['a misspelt member', '{"product":"license-yearly","customerlevel":"V5"}'],
  ['a deep one', `{"product":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
])('a purchase of %s is refused with 400 and changes nothing', async (_, body) => {
  const market = await startMarket();
  const { status, error } = await post(market, '/orders', body);
  expect(status).toBe(400);
  expect(error).toEqual(expect.stringMatching(/\S/));
  expect(ok(await market.control.licenses({ query: {} }))).toEqual([]);
  expect(market.failures).toEqual([]);
});

test('an empty body where one is needed is a 400', async () => {
  const market = await startMarket();
  for (const path of ['/orders', '/clock']) expect((await post(market, path)).status).toBe(400);
});

test('a body over the limit is a 413', async () => {
  const market = await startMarket();
  expect((await post(market, '/orders', `{"product":"${'x'.repeat(70_000)}"}`)).status).toBe(413);
});

test('a compressed body is not unpacked', async () => {
  const market = await startMarket();
  expect((await post(market, '/orders', 'x', { 'Content-Encoding': 'gzip' })).status).toBe(415);
});

test.each([
  '/control',
  '/control/',
  '/control/nothing',
  '/control/orders/',
  '/',
  '/control/licenses/PL1/steal',
  '/control/%ff',
  '/control/licenses/%E0%A4%A',
])('nothing is at %s', async (path) => {
  const market = await startMarket();
  const response = await fetch(market.url + path);
  expect([400, 404]).toContain(response.status);
  expect(await response.json()).toMatchObject({ error: expect.stringMatching(/\S/) });
});

test('another method is answered with 404 as JSON', async () => {
  const market = await startMarket();
  const response = await fetch(`${market.url}/control/orders`, { method: 'DELETE' });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: expect.any(String) });
});

test.each(["PL'; DROP TABLE licenses; --", '../clock', '%00', 'P'.repeat(5000), '__proto__', '授权码'])(
  'there is no code %s',
  async (code) => {
    const market = await startMarket();
    const { license } = await bought(market);
    const response = await fetch(`${market.url}/control/licenses/${encodeURIComponent(code)}`);
    expect(response.status).toBe(404);
    expect(await licenseOf(market, license)).toMatchObject({ status: 'ACTIVE' });
  },
);

test.each([
  'limit=0',
  'limit=1001',
  'limit=x',
  'limit=1e2',
  'limit=',
  'after=-1',
  'after=0x1',
  'after=1.0',
  'limit=1&limit=2',
  'licence=PL1',
])('messages are not listed by %s', async (query) => {
  const market = await startMarket();
  const response = await fetch(`${market.url}/control/messages?${query}`);
  expect(response.status).toBe(400);
});

test.each([
  ['status', ['FOO', 'stopped', '', 'toString'], 'STOPPED'],
  ['activity', ['refresh', 'toString', '__proto__', ''], 'refreshLicenseCode'],
])(
  'a %s that no message can have is refused, and the answer names those that there are',
  async (name, values, known) => {
    const market = await startMarket();
    for (const value of values) {
      const response = await fetch(`${market.url}/control/messages?${name}=${value}`);
      expect(response.status).toBe(400);
      const error = expect.stringMatching(new RegExp(`${name}.*${known}`));
      expect(await response.json()).toEqual({ error });
    }
  },
);

test.each(['0x1', '1e0', '1.0', '+1', '-1', '01', '%201', 'one', '9'.repeat(30)])(
  'no message has the id %s',
  async (id) => {
    const market = await startMarket();
    const { license: code } = await bought(market);
    ok(await market.control.renew({ params: { code }, body: {} }));
    expect((await fetch(`${market.url}/control/messages/1`)).status).toBe(200);
    expect([400, 404]).toContain((await fetch(`${market.url}/control/messages/${id}`)).status);
    expect([400, 404]).toContain((await post(market, `/messages/${id}/restart`)).status);
    expect(market.seller.calls).toHaveLength(1);
  },
);

test('bytes that are no HTTP end their own connection and nothing else', async () => {
  const market = await startMarket();
  const socket = connect(Number(new URL(market.url).port), '127.0.0.1');
  socket.write('\x16\x03\x01 hello\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400/);
  expect(ok(await market.control.products())).not.toHaveLength(0);
});
