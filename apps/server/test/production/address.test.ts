import { composeBody, tokenQuery } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { sharedSeller, startSeller } from '../seller.ts';
import { readAnswer } from '../store.ts';
import { exchange, type Heard, head, lastBody, untilClosedByServer } from '../wire.ts';
import { expectRefusal } from './refusal.ts';

const seller = sharedSeller();
const expireTime = '20270101000000';
const body = (): string => composeBody(renewal('PL-1', expireTime));

/** What was heard on the wire, as the one answer that it has to be. */
function answerIn(heard: Heard) {
  expect(heard.statuses).toHaveLength(1);
  const type = /^content-type: (.*)$/im.exec(heard.text)?.[1] ?? null;
  return readAnswer(heard.statuses[0] ?? 0, type, lastBody(heard));
}

const invalid = { resultCode: '000002', receipts: 0 } as const;

describe('a wrong method (R8)', () => {
  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is answered with a result', async (method) => {
    await expectRefusal(seller(), { ...invalid, says: new RegExp(method) }, () =>
      seller().store.send(body(), { method }),
    );
  });

  test.each(['TRACE', 'PROPFIND', 'M-SEARCH'])('%s too', async (method) => {
    const lines = head('/production', 'Connection: close', 'Content-Length: 0').replace('POST', method);
    await expectRefusal(seller(), { ...invalid, says: new RegExp(method) }, async () =>
      answerIn(await exchange(seller().url, [lines])),
    );
  });

  test('HEAD has the same status and type, and no body', async () => {
    const { status, contentType, text } = await seller().store.send(body(), { method: 'HEAD' });
    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(contentType).toMatch(/^application\/json/);
  });

  test('a method that HTTP does not know', async () => {
    await expectRefusal(seller(), invalid, async () =>
      answerIn(await exchange(seller().url, [head('/production').replace('POST', 'SELL')])),
    );
  });

  test('a large body behind it is not kept', async () => {
    await expectRefusal(seller(), invalid, () => seller().store.send('x'.repeat(3_000_000), { method: 'PUT' }));
  });
});

describe('a path below the address (R8)', () => {
  test.each(['/unknown', '/', '//', '/produceAPI/v2/tenantsync', '/%ff'])('%s', async (subPath) => {
    await expectRefusal(seller(), { ...invalid, says: /path/ }, () => seller().store.send(body(), { subPath }));
  });

  test('/../admin/licenses/x, sent as it is written', async () => {
    const lines = head('/production/../admin/licenses/x', 'Connection: close', 'Content-Length: 0');
    await expectRefusal(seller(), { ...invalid, says: /path/ }, async () =>
      answerIn(await exchange(seller().url, [lines])),
    );
  });

  test.each(['/productions', '/Production', '/', '/unknown', '/%70roduction', '//production'])(
    '%s is another path, and none of the store’s business',
    async (path) => {
      const response = await fetch(seller().url + path, { method: 'POST', body: '{}' });
      expect(response.status).toBe(404);
    },
  );

  test('PRODUCTION_PATH moves the address', async () => {
    const moved = await startSeller({ environment: { PRODUCTION_PATH: '/koo/bridge-1.0' } });
    expect((await moved.store.send(body())).resultCode).toBe('000000');
    expect((await moved.store.send(body(), { subPath: '/' })).resultCode).toBe('000002');
    expect((await fetch(`${moved.url}/production`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${moved.url}/koo/bridge-1x0`, { method: 'POST' })).status).toBe(404);
  });
});

describe('a request that is hard to read (R8)', () => {
  const query = (bytes: number): string => `x=${'q'.repeat(bytes - 2)}`;
  const close = ['Connection: close', 'Content-Length: 2'] as const;

  test('a query of 20 KB is read', async () => {
    const good = body();
    const answer = await seller().store.send(good, { query: `${seller().store.query(good)}&${query(20_000)}` });
    expect(answer.resultCode).toBe('000000');
  });

  test.each([
    ['a query of 20 KB without a token', [head(`/production?${query(20_000)}`, ...close), '{}']],
    ['a query of 100 KB', [head(`/production?${query(100_000)}`, ...close), '{}']],
    ['a query of 100 KB, in pieces', [...pieces(head(`/production?${query(100_000)}`, ...close), 10_000), '{}']],
    ['a query of 1 MB', [head(`/production?${query(1_000_000)}`, ...close), '{}']],
    ['a header of 100 KB', [head('/production', `X-Long: ${'h'.repeat(100_000)}`, ...close), '{}']],
    ['a header line without a colon', [head('/production', 'garbage', ...close)]],
    ['garbage in a header that comes later', ['POST /production HTTP/1.1\r\nHost: seller\r\n', 'gar bage\r\n\r\n']],
    ['a control character in a header', [head('/production', 'X-Odd: a\u0001b', ...close)]],
    ['two lengths', [head('/production', 'Content-Length: 2', 'Content-Length: 3'), '{}']],
    [
      'a length and chunks',
      [head('/production', 'Content-Length: 2', 'Transfer-Encoding: chunked'), '2\r\n{}\r\n0\r\n\r\n'],
    ],
    ['a negative length', [head('/production', 'Content-Length: -1'), '{}']],
    ['a broken chunk', [head('/production', 'Transfer-Encoding: chunked'), 'zz\r\n{}']],
    ['another version of HTTP', [head('/production', ...close).replace('HTTP/1.1', 'HTTP/9.9')]],
    ['no HTTP at all', ['\u0016\u0003\u0001 TLS would begin like this\r\n\r\n']],
    ['a raw non-ASCII character in the query', [head('/production?signature=\u00fc', ...close), '{}']],
    ['no Host', [head('/production', ...close).replace('Host: seller\r\n', ''), '{}']],
    ['an Expect that nobody knows', [head('/production', 'Expect: a miracle', ...close), '{}']],
    ['the whole address in the request line', [head('http://seller/production', ...close), '{}']],
    ['a target that is no URL', [head('http://[::1/production', ...close)]],
    ['an Upgrade', [head('/production', 'Upgrade: websocket', ...close), '{}']],
  ])('%s', async (_name, parts) => {
    await expectRefusal(seller(), invalid, async () => answerIn(await exchange(seller().url, parts)));
  });

  test('a client that goes on sending has a moment to read its answer, and is cut off', async () => {
    const heard = await untilClosedByServer(seller().url, head(`/production?${query(100_000)}`, ...close));
    expect(heard).toContain('"resultCode":"000002"');
    expect((await seller().get('/healthz')).status).toBe(200);
  });

  test('elsewhere it is HTTP 400', async () => {
    const heard = await exchange(seller().url, [head('/admin/licenses', 'garbage')]);
    expect(heard.statuses).toEqual([400]);
  });

  test('a call that is under way gets its own answer, whatever comes behind it', async () => {
    const good = body();
    const target = `/production?${seller().store.query(good)}`;
    const heard = await exchange(seller().url, [
      `${head(target, `Content-Length: ${good.length}`)}${good}garbage\r\n\r\n`,
    ]);
    expect(answerIn(heard)).toMatchObject({ resultCode: '000000' });
  });

  test('a good call with 100 headers is served', async () => {
    const good = body();
    const lines = Array.from({ length: 100 }, (_, index) => `X-${index}: 1`);
    const target = `/production?${seller().store.query(good)}`;
    const heard = await exchange(seller().url, [
      head(target, `Content-Length: ${good.length}`, 'Connection: close', ...lines),
      good,
    ]);
    expect(answerIn(heard)).toMatchObject({ resultCode: '000000' });
  });

  test('two calls on one connection, sent at once, get their answers in order', async () => {
    const calls = [body(), 'not JSON'].map((text, index) => {
      const target = `/production?${seller().store.query(text)}`;
      return head(target, `Content-Length: ${text.length}`, ...(index === 1 ? ['Connection: close'] : [])) + text;
    });
    const heard = await exchange(seller().url, [calls.join('')]);
    expect([...heard.text.matchAll(/"resultCode":"(\d+)"/g)].map(([, code]) => code)).toEqual(['000000', '000002']);
  });
});

test('a token in the body’s place is no token', async () => {
  const good = body();
  await expectRefusal(seller(), { ...invalid, says: /signature/ }, () => seller().store.send(good, { query: 'a=1' }));
  const token = tokenQuery({ signature: '0'.repeat(64), timestamp: String(seller().clock.now), nonce: 'n' });
  await expectRefusal(seller(), { resultCode: '000001', receipts: 0 }, () =>
    seller().store.send(good, { query: token }),
  );
});

function pieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}
