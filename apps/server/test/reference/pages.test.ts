import { once } from 'node:events';
import { createServer, get as httpGet, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { referencePages } from '../../src/reference/pages.ts';

const app = new Koa().use(referencePages({ productionPath: '/callbacks/store' }));
const server = createServer(app.callback());
let url = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a server on a TCP port has one
  url = `http://127.0.0.1:${port}`;
});
afterAll(() => server.close());

const javascript = 'text/javascript; charset=utf-8';

describe.each([
  ['/reference', 'text/html; charset=utf-8'],
  ['/reference/page.js', javascript],
  ['/reference/swagger-ui.css', 'text/css; charset=utf-8'],
  ['/reference/swagger-ui-bundle.js', javascript],
  ['/reference/swagger-ui-standalone-preset.js', javascript],
  ['/reference/favicon-32x32.png', 'image/png'],
  ['/openapi/production.json', 'application/json; charset=utf-8'],
  ['/openapi/store.json', 'application/json; charset=utf-8'],
  ['/openapi/admin.json', 'application/json; charset=utf-8'],
])('%s', (path, type) => {
  test('is served by GET and HEAD', async () => {
    const response = await fetch(url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe(type);
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100);
    const head = await fetch(url + path, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('Content-Length')).toBe(response.headers.get('Content-Length'));
    expect(await head.text()).toBe('');
  });

  test('is not sent again to a client that has it', async () => {
    const tag = (await fetch(url + path)).headers.get('ETag') ?? '';
    expect(await statusOf(path, { 'If-None-Match': tag })).toBe(304);
    expect(await statusOf(path, { 'If-None-Match': '"another"' })).toBe(200);
  });

  test.each(['POST', 'PUT', 'DELETE'])('is not there for %s', async (method) => {
    expect((await fetch(url + path, { method })).status).toBe(404);
  });
});

test('the policy allows nothing from elsewhere and nothing inline', async () => {
  const policy = (await fetch(`${url}/reference`)).headers.get('Content-Security-Policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('the page asks only for what is served here, and holds no script or style of its own', async () => {
  const html = await (await fetch(`${url}/reference`)).text();
  const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
  expect(named.length).toBeGreaterThan(7);
  for (const address of named) expect((await fetch(new URL(address, `${url}/reference`))).status).toBe(200);
  expect(html).not.toMatch(/<script>|<style|\sstyle=|\son\w+=|https?:/);
});

test('the page offers the three documents, and no calls', async () => {
  const script = await (await fetch(`${url}/reference/page.js`)).text();
  const named = [...script.matchAll(/url: '([^']+)'/g)].map(([, address]) => address);
  expect(named).toEqual(['openapi/production.json', 'openapi/store.json', 'openapi/admin.json']);
  expect(script).toContain('supportedSubmitMethods: []');
  expect(script).toContain('validatorUrl: null');
});

test('the document of the production address has the configured path', async () => {
  const document: unknown = await (await fetch(`${url}/openapi/production.json`)).json();
  expect(document).toHaveProperty(['paths', '/callbacks/store', 'post']);
  expect(document).toHaveProperty(['paths', '/callbacks/store/produceAPI/v2/tenantSync', 'post']);
});

describe('what is not one of the files is not there', () => {
  test.each([
    '/reference/',
    '/reference/..',
    '/reference/../../package.json',
    '/reference/%2e%2e/%2e%2e/package.json',
    '/reference/..%2f..%2fpackage.json',
    '/reference/..%5c..%5cpackage.json',
    '/reference/%252e%252e%252fpackage.json',
    '/reference//etc/passwd',
    '/reference/swagger-ui.css/../package.json',
    '/reference/swagger-ui.css%00.png',
    '/reference/package.json',
    '/reference/swagger-ui-bundle.js.map',
    '/reference/index.html',
    '/reference/constructor',
    '/openapi/../package.json',
    '/openapi/toString',
    '/openapi/',
  ])('%s', async (path) => {
    expect(await statusOf(path)).toBe(404);
  });

  test('while the same way of asking finds a file', async () => {
    expect(await statusOf('/reference/swagger-ui.css')).toBe(200);
  });
});

/** Path and headers go out as they are: fetch would resolve the dots, and asks for no cache along with a condition. */
async function statusOf(path: string, headers: OutgoingHttpHeaders = {}): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  const [response] = (await once(httpGet({ hostname, port, path, headers }), 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}
