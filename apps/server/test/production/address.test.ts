import { composeBody } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { sharedSeller, startSeller } from '../seller.ts';
import { exchange, head, untilClosedByServer } from '../wire.ts';

const seller = sharedSeller();
const body = (): string => composeBody(renewal('PL-1', '20270101000000'));

// Other methods, paths and requests that are hard to read: test/hostile/wire-inputs.ts.

test('HEAD has the same status and type, and no body (R8)', async () => {
  const { status, contentType, text } = await seller().store.send(body(), { method: 'HEAD' });
  expect({ status, text }).toEqual({ status: 200, text: '' });
  expect(contentType).toMatch(/^application\/json/);
});

test('PRODUCTION_PATH moves the address', async () => {
  const moved = await startSeller({ environment: { PRODUCTION_PATH: '/koo/bridge-1.0' } });
  expect((await moved.store.send(body())).resultCode).toBe('000000');
  expect((await moved.store.send(body(), { subPath: '/' })).resultCode).toBe('000002');
  expect((await fetch(`${moved.url}/production`, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${moved.url}/koo/bridge-1x0`, { method: 'POST' })).status).toBe(404);
});

test('a client that goes on sending has a moment to read its answer, and is cut off', async () => {
  const lines = head(`/production?x=${'q'.repeat(100_000)}`, 'Connection: close', 'Content-Length: 2');
  const heard = await untilClosedByServer(seller().url, lines);
  expect(heard).toContain('"resultCode":"000002"');
  expect((await seller().get('/healthz')).status).toBe(200);
});

test('elsewhere what is no HTTP is HTTP 400', async () => {
  const heard = await exchange(seller().url, [head('/admin/licenses', 'garbage')]);
  expect(heard.statuses).toEqual([400]);
});
