import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  akskWindow,
  gatewayErrors,
  openApiBasePath,
  openApis,
  sdkDate,
  signAksk,
  signUsagePush,
  usagePushApi,
} from '@koobridge/contracts';
import Koa from 'koa';
import { expect, onTestFinished, test } from 'vitest';
import { marketplace } from '../src/marketplace.ts';
import { gatewayError } from '../src/open-api/gateway.ts';
import { mountOpenApi } from '../src/open-api/serve.ts';
import { answering, memoryMarket } from './memory-market.ts';
import { accessKey, startMarket } from './running-market.ts';
import { sellerKeys } from './stub-seller.ts';

/** The gateway to the second: what it lets pass and what it answers by itself. */

const now = Date.UTC(2026, 10, 25, 12);
const target = `${openApiBasePath}/v1/order/query?orderId=MOCKONDEMAND`;

/** The open APIs in front of a real clock that stands at `now`. */
async function standingGateway(): Promise<string> {
  const { parts } = memoryMarket(
    now,
    answering(() => true),
  );
  const app = new Koa();
  const market = marketplace({ ...parts, realNow: () => now });
  mountOpenApi(app, market, { accessKey, baseKeys: sellerKeys.base }, (error) => {
    throw error;
  });
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    parts.records.close();
  });
  const { port } = server.address() as AddressInfo; // a server on a TCP port has one
  return `http://127.0.0.1:${port}`;
}

async function signedAt(url: string, at: number, headers: Record<string, string> = {}): Promise<Response> {
  const given = { Host: new URL(url).host, ...headers };
  return fetch(`${url}${target}`, {
    headers: signAksk({ method: 'GET', target, headers: given, body: '' }, accessKey, at),
  });
}

test.each([
  ['15 minutes old', -akskWindow, 200],
  ['15 minutes ahead', akskWindow, 200],
  ['a second older', -akskWindow - 1000, 401],
  ['a second further ahead', akskWindow + 1000, 401],
])('X-Sdk-Date %s', async (_, skew, status) => {
  const response = await signedAt(await standingGateway(), now + skew);
  expect(response.status).toBe(status);
  if (status === 401) expect(await response.json()).toMatchObject({ error_msg: expect.stringContaining('15 minutes') });
});

test.each([['2026-11-25T12:00:00Z'], ['20261325T120000Z'], ['20261125120000']])(
  '401 for the X-Sdk-Date %s',
  async (date) => {
    const response = await signedAt(await standingGateway(), now, { 'X-Sdk-Date': date });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error_msg: expect.stringContaining('X-Sdk-Date') });
  },
);

test.each([
  ['15 minutes old', -akskWindow, 'MKT.9002'],
  ['15 minutes ahead', akskWindow, 'MKT.9002'],
  ['a millisecond older', -akskWindow - 1, 'MKT.0102'],
  ['a millisecond further ahead', akskWindow + 1, 'MKT.0102'],
])('the ts of a usage push %s', async (_, skew, code) => {
  const body = '{"usage_records":[]}';
  const accessKey = sellerKeys.base[0]?.secret ?? '';
  const token = signUsagePush({ accessKey, body, ts: now + skew, nonce: 'nonce' });
  const headers = { 'Content-Type': 'application/json', ...token };
  const url = `${await standingGateway()}${usagePushApi.usagePush.path}`;
  expect(await (await fetch(url, { method: 'POST', headers, body })).json()).toMatchObject({ error_code: code });
});

test('401 without a date, and for one that is not signed', async () => {
  const url = await standingGateway();
  const signed = signAksk({ method: 'GET', target, headers: { Host: new URL(url).host }, body: '' }, accessKey, now);
  const { 'X-Sdk-Date': date = '', Authorization: authorization = '' } = signed;
  const ask = async (headers: Record<string, string>) => {
    const response = await fetch(`${url}${target}`, { headers });
    return [response.status, Object(await response.json())['error_msg']];
  };
  expect(date).toBe(sdkDate(now));
  expect(await ask({ Authorization: authorization })).toEqual([401, expect.stringContaining('missing')]);
  const unsigned = authorization.replace('host;x-sdk-date', 'host');
  expect(await ask({ Authorization: unsigned, 'X-Sdk-Date': date })).toEqual([
    401,
    expect.stringContaining('not among the signed headers'),
  ]);
});

test('a header that is signed must arrive as it was signed; one that is not signed may be anything', async () => {
  const url = await standingGateway();
  const headers = { Host: new URL(url).host, 'x-stage': 'RELEASE' };
  const signed = signAksk({ method: 'GET', target, headers, body: '' }, accessKey, now);
  const ask = async (more: Record<string, string>) =>
    (await fetch(`${url}${target}`, { headers: { ...signed, ...more } })).status;
  expect(await ask({})).toBe(200);
  expect(await ask({ 'x-stage': 'TEST' })).toBe(401);
  expect(await ask({ 'x-more': 'anything' })).toBe(200);
});

test('HEAD is no method of any API', async () => {
  const market = await startMarket();
  const headers = signAksk(
    { method: 'HEAD', target, headers: { Host: new URL(market.url).host }, body: '' },
    accessKey,
    Date.now(),
  );
  const response = await fetch(`${market.url}${target}`, { method: 'HEAD', headers });
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('');
  const licenses = await fetch(`${market.url}${openApiBasePath}/v1/license/activate`, { method: 'HEAD' });
  expect(licenses.status).toBe(405);
  const usage = await fetch(`${market.url}${usagePushApi.usagePush.path}`, { method: 'HEAD' });
  expect(usage.status).toBe(404);
});

test.each([
  `${openApiBasePath}/v1/order/query/`,
  `${openApiBasePath}/v1/Order/query`,
  `${openApiBasePath}/v1/market-event/E/file/more`,
  `${openApiBasePath}/v1/market-event//file`,
  `${openApiBasePath}/`,
  '/rest/marketplace/v1/isv/usage-data/',
])('404 APIGW.0101 for %s, without asking who calls', async (path) => {
  const market = await startMarket();
  const response = await fetch(`${market.url}${path}`, { method: 'POST' });
  const { error_code, request_id } = Object(await response.json());
  expect([response.status, error_code]).toEqual([404, 'APIGW.0101']);
  expect(response.headers.get('x-request-id')).toBe(request_id);
});

test('every row of the list can be answered with its own code and status', () => {
  for (const { code, status, message } of gatewayErrors) {
    const error = gatewayError(message, 'why');
    expect([error.body.error_code, error.status]).toEqual([code, status]);
    expect(error.body.error_msg).toBe(`${message.replace(/\.$/, '')}: why`);
  }
});

test('every API of the store that a seller signs is there, and takes nobody who does not sign', async () => {
  const market = await startMarket();
  const own = openApis.filter(({ tokenScheme }) => tokenScheme === 'aksk' || tokenScheme === 'usage-push-signature');
  expect(own).toHaveLength(9);
  for (const { method, path } of own) {
    const body = method === 'POST' ? '{}' : null;
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${market.url}${path.replace(/:\w+/, 'E')}`, { method, body, headers });
    const { error_code } = Object(await response.json());
    expect([path, response.status, error_code]).toEqual(
      path === usagePushApi.usagePush.path ? [path, 400, 'MKT.0199'] : [path, 401, 'APIGW.0301'],
    );
  }
});
