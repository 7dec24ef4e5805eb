import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyToken } from '@koobridge/contracts';
import { expect, it, onTestFinished } from 'vitest';
import { closed } from '../src/load/closed.ts';
import { type Load, requestsOf } from '../src/load/load.ts';
import { paced } from '../src/load/paced.ts';

const secret = 'a-key-of-no-account';
const asks: Load['asks'] = { what: 'renewals', secret, codes: { from: 5, count: 3, choose: 'each' } };

/** Answers everything, but once keeps all waiting for so long. */
async function serverThatStalls(ms: number): Promise<string> {
  const begun = performance.now();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      setTimeout(() => response.end('{"resultCode":"000000"}'), Math.max(0, begun + ms - performance.now()));
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => server.closeAllConnections());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // of a server that listens on TCP
}

it('makes each request with a token, a nonce and an order of its own, for the codes it is told', () => {
  const make = requestsOf('http://127.0.0.1:1', asks);
  const calls = Array.from({ length: 4 }, () => {
    const [, query = '', body = ''] = /\?(\S+) .*\r\n\r\n(.*)$/s.exec(make()) ?? [];
    const verified = verifyToken({ query, body: Buffer.from(body), keys: [{ id: 'only', secret }], now: Date.now() });
    return { ...JSON.parse(body), verified: verified.ok, nonce: new URLSearchParams(query).get('nonce') };
  });
  expect(calls.every(({ verified }) => verified)).toBe(true);
  for (const member of ['nonce', 'orderId', 'orderLineId'])
    expect(new Set(calls.map((call) => call[member])).size).toBe(4);
  const codes = calls.map(({ license }) => license);
  expect(codes).toEqual([...codes.slice(0, 3).toSorted(), codes[0]]);
  expect(new Set(codes).size).toBe(3);
});

it('counts as many answers as it was told to ask for', async () => {
  const url = await serverThatStalls(0);
  const load = { url, connections: 2, warmUpSeconds: 0, asks };
  const { requestsPerSecond, p50Ms, p99Ms } = await closed({ ...load, requests: 20 }, requestsOf(url, asks));
  expect(requestsPerSecond).toBeGreaterThan(0);
  expect(p99Ms).toBeGreaterThanOrEqual(p50Ms);
});

it('at a fixed rate, a stall shows in all that were due while it lasted', async () => {
  const url = await serverThatStalls(300);
  const load = { url, connections: 2, warmUpSeconds: 0, seconds: 0.4, asks };
  const { p50Ms } = await paced(load, 200, requestsOf(url, asks));
  expect(p50Ms).toBeGreaterThan(50);
});
