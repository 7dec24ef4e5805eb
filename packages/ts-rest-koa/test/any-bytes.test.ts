import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listenEcho } from './echo.ts';
import { exchange } from './wire.ts';

const name = fc.constantFrom('Content-Type', 'Content-Encoding', 'Transfer-Encoding', 'Content-Length', 'Expect', 'Connection', 'X-Any', 'Trailer', 'Host');
const value = fc.oneof(
  fc.constantFrom('gzip', 'identity', 'chunked', 'close', 'keep-alive', '100-continue', '0', '5', '-1', '99999999999', 'application/json'),
  fc.string({ maxLength: 20 }),
);
const header = fc.tuple(name, value).map(([left, right]) => `${left}: ${right}\r\n`);
const target = fc.oneof(
  fc.constantFrom('/number', '/hello', '/number?a&a', '//', '*', 'http://[', 'http://a/number', '/%', '/number#x'),
  fc.webPath(),
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.json().map((json) => Buffer.from(json)),
  fc.integer({ min: 0, max: 9 }).map((n) => Buffer.from(`{"n":${n}}`)),
);

const wellFramed = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS'),
    target,
    headers: fc.array(header, { maxLength: 3 }),
    body,
    chunked: fc.boolean(),
  })
  .map(({ method, target, headers, body, chunked }) => {
    const framing = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
    const start = `${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers.join('')}${framing}\r\n\r\n`;
    const size = body.length.toString(16);
    const framed = chunked && body.length > 0 ? [`${size}\r\n`, body, '\r\n0\r\n\r\n'] : [chunked ? '0\r\n\r\n' : body];
    return Buffer.concat([start, ...framed].map((part) => Buffer.from(part)));
  });
const anything = fc.oneof({ weight: 4, arbitrary: wellFramed }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) });

it('whatever comes, it gets one answer or a closed connection, and the server lives', async () => {
  const { url, port } = await listenEcho({ limits: { bytes: 200, drainBytes: 50, deadlineMs: 30 } });
  await fc.assert(
    fc.asyncProperty(anything, fc.nat(300), async (bytes, cut) => {
      const parts = [bytes.slice(0, cut), bytes.slice(cut)];
      const heard = await exchange(port, parts, (socket) => setTimeout(() => socket.end(), 60));
      const final = heard.statuses.filter((status) => status !== 100);
      expect(final.length).toBeLessThanOrEqual(1);
      const [status = 400] = final;
      expect([200, 400, 401, 404, 408, 413, 415, 417, 431, 500, 501]).toContain(status);
    }),
    { numRuns: 300 },
  );
  expect(await (await fetch(`${url}/number`, { method: 'POST', body: '{"n":1}' })).json()).toEqual({ n: 1, bytes: 7 });
}, 60_000);
