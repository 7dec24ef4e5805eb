import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { ok, type RunningMarket, startMarket } from './running-market.ts';

/** The control API has no password: a web page in a browser on this machine must not be able to use it. */

interface Answered {
  readonly status: number | undefined;
  readonly error: unknown;
}

/** Sends exactly these headers; `fetch` would not let a test choose Host. */
async function buy(
  { url }: RunningMarket,
  headers: Record<string, string>,
  path = '/control/orders',
): Promise<Answered> {
  const sending = request(url + path, { method: 'POST', headers: { 'Content-Type': 'text/plain', ...headers } });
  sending.end('{"product":"license-yearly"}');
  const [response] = await once(sending, 'response');
  const body: { error?: unknown } = Object(await json(response));
  return { status: response.statusCode, error: body.error };
}

const sold = async (market: RunningMarket) => ok(await market.control.licenses({ query: {} })).length;
const portOf = (market: RunningMarket) => new URL(market.url).port;

describe('refused with 403 and a reason, and nothing happens', () => {
  test.each<[string, Record<string, string>]>([
    ['a foreign origin', { Origin: 'https://evil.example' }],
    ['an origin that is hidden', { Origin: 'null' }],
    ['an origin that is no address', { Origin: 'evil' }],
    ['another port of this machine', { Origin: 'http://127.0.0.1:1' }],
    ['another name of this machine', { Origin: 'http://localhost' }],
    ['a call across sites without an origin', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a name that was pointed here', { Host: 'evil.example' }],
    ['a name that was pointed here, and its own page', { Host: 'evil.example', Origin: 'http://evil.example' }],
    ['a name that looks like an address', { Host: '127.0.0.1.evil.example:8090' }],
    ['a name that ends like this machine', { Host: 'evillocalhost:8090' }],
    ['an address of another machine', { Host: '192.0.2.1:8090' }],
    ['a Host that is no host', { Host: 'a b' }],
  ])('%s', async (_, headers) => {
    const market = await startMarket();
    const { status, error } = await buy(market, headers);
    expect(status).toBe(403);
    expect(error).toEqual(expect.stringMatching(/\S/));
    expect(await sold(market)).toBe(0);
    expect(market.failures).toEqual([]);
  });

  test('paths where nothing is, and reading too', async () => {
    const market = await startMarket();
    for (const path of ['/control', '/control/nothing', '/control/licenses']) {
      expect((await buy(market, { Origin: 'https://evil.example' }, path)).status).toBe(403);
      expect((await fetch(market.url + path, { headers: { Origin: 'https://evil.example' } })).status).toBe(403);
    }
  });
});

describe('taken', () => {
  test.each<[string, (port: string) => Record<string, string>]>([
    ['no Origin, as curl and programs send it', () => ({})],
    ['its own origin', (port) => ({ Origin: `http://127.0.0.1:${port}`, 'Sec-Fetch-Site': 'same-origin' })],
    ['localhost', (port) => ({ Host: `localhost:${port}`, Origin: `http://localhost:${port}` })],
    ['any case', (port) => ({ Host: `LocalHost:${port}` })],
    ['a name below localhost', (port) => ({ Host: `market.localhost:${port}` })],
    ['IPv6', (port) => ({ Host: `[::1]:${port}` })],
    ['another loopback address, without a port', () => ({ Host: '127.1.2.3' })],
  ])('%s', async (_, headers) => {
    const market = await startMarket();
    expect((await buy(market, headers(portOf(market)))).status).toBe(200);
    expect(await sold(market)).toBe(1);
  });

  test('any Host, once the marketplace listens on more than the loopback address, but still no foreign origin', async () => {
    const market = await startMarket({ HOST: '0.0.0.0' });
    expect((await buy(market, { Host: 'market.example' })).status).toBe(200);
    expect((await buy(market, { Host: 'market.example', Origin: 'http://market.example' })).status).toBe(200);
    expect((await buy(market, { Host: 'market.example', Origin: 'http://evil.example' })).status).toBe(403);
    expect(await sold(market)).toBe(2);
  });
});

test('the open APIs have signatures instead, and mind no Origin', async () => {
  const market = await startMarket();
  const path = '/api/mkp-openapi-public/global/v1/license/heartbeat';
  expect((await buy(market, { Origin: 'https://evil.example', Host: 'evil.example' }, path)).status).toBe(401);
});
