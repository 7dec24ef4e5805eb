import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listenEcho } from './echo.ts';
import { exchange } from './wire.ts';

const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('Content-Type', 'Content-Encoding', 'Connection', 'X-Any') },
  { weight: 1, arbitrary: fc.constantFrom('Transfer-Encoding', 'Content-Length', 'Expect', 'Trailer', 'Host') },
);
const value = fc.oneof(
  fc.constantFrom(
    'gzip',
    'identity',
    'chunked',
    'close',
    'keep-alive',
    '100-continue',
    '0',
    '5',
    '-1',
    '99999999999',
    'application/json',
  ),
  fc.string({ maxLength: 20 }),
);
const header = fc.tuple(name, value).map(([left, right]) => `${left}: ${right}\r\n`);
const target = fc.oneof(
  { weight: 4, arbitrary: fc.constant('/number') },
  fc.constantFrom('/hello', '/number?a&a', '//', '*', 'http://[', 'http://a/number', '/%', '/number#x'),
  fc.webPath().map((path) => `/${path}`),
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 100 }),
  fc.nat(500).map((size) => Buffer.alloc(size, 'a')),
  fc.json().map((json) => Buffer.from(json)),
  fc.integer({ min: 0, max: 9 }).map((n) => Buffer.from(`{"n":${n}}`)),
);

const wellFramed = fc
  .record({
    method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT', 'HEAD'),
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
/** One in five is not HTTP at all, and one in five breaks off in the middle. */
const sent = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: wellFramed }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) }),
    fc.nat(100),
    fc.nat(4),
  )
  .map(([bytes, part, fate]) => {
    const cut = Math.floor((bytes.length * part) / 100);
    return [bytes.slice(0, cut), fate === 0 ? Buffer.alloc(0) : bytes.slice(cut)];
  });

it('whatever comes, it gets one answer or a closed connection, and the server lives', async () => {
  const { url, port, errors } = await listenEcho({ limits: { bytes: 200, drainBytes: 50, deadlineMs: 30 } });
  const seen: Record<number, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.array(sent, { minLength: 40, maxLength: 60 }), async (requests) => {
      const heard = await Promise.all(
        requests.map((parts) => exchange(port, parts, (socket) => setTimeout(() => socket.end(), 100))),
      );
      for (const { statuses } of heard) {
        const final = statuses.filter((status) => status !== 100);
        expect(final.length).toBeLessThanOrEqual(1);
        for (const status of final) seen[status] = (seen[status] ?? 0) + 1;
      }
    }),
    { numRuns: 20, endOnFailure: true },
  );
  // Koa itself fails on a request target like http://[ before any route is asked; nothing else may fail.
  expect(errors.filter((error) => Object(error).code !== 'ERR_INVALID_URL')).toEqual([]);
  // What was sent reached the handler, and the limits, often enough to mean something.
  expect([seen[200], seen[413]]).toEqual([expect.any(Number), expect.any(Number)]);
  expect(await (await fetch(`${url}/number`, { method: 'POST', body: '{"n":1}' })).json()).toEqual({ n: 1, bytes: 7 });
}, 60_000);
