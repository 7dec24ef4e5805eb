import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AccessKeyPair, verifyAksk } from '@koobridge/contracts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type StoreClient, type StoreClientNeed, storeClient } from '../../src/store/client.ts';
import { secret } from '../credentials.ts';
import { start } from '../seller.ts';
import { orderAnswer } from '../store-stand-in.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;

interface Host {
  readonly url: string;
  /** `GET /path` of every request that came with a good signature, and `refused` for the others. */
  readonly heard: string[];
}

const key: AccessKeyPair = { ak: 'AKTEST', sk: secret() };

async function host(answer: Answer): Promise<Host> {
  const heard: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: target = '', headers } = request;
    // Node joins repeated headers into text, except for Set-Cookie, which no request has.
    const given = { method, target, headers: headers as Record<string, string>, body: Buffer.concat(chunks) };
    heard.push(verifyAksk(given, key, start).ok ? `${method} ${target.split('?')[0]}` : 'refused');
    await answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a server on a TCP port has one
  return { url: `http://127.0.0.1:${port}`, heard };
}

function client(url: string, more: Partial<StoreClientNeed> = {}): StoreClient {
  const stopping = new AbortController().signal;
  return storeClient({ url, key, now: () => start, random: () => 0, limitMs: 2_000, stopping, ...more });
}

const json =
  (body: unknown): Answer =>
  (response) =>
    response.end(JSON.stringify(body));
const good = json(orderAnswer('CS-1', 'L-1', '20270101000000'));
const status =
  (code: number, headers = {}): Answer =>
  (response) =>
    response.writeHead(code, headers).end('{}');
const query = 'GET /api/mkp-openapi-public/global/v1/order/query';
const nowhere = 'http://127.0.0.1:1';

describe('a call that fails on its way, or with a 5xx, is repeated once', () => {
  test.each<[string, Answer]>([
    ['a 500', status(500)],
    ['a 503', status(503)],
    ['a connection that is cut', (response) => response.destroy()],
  ])('at the fallback host after %s, signed for that host', async (_name, answer) => {
    const [first, second] = [await host(answer), await host(good)];
    const asked = await client(first.url, { fallbackUrl: second.url }).queryOrder('CS-1', 'L-1');
    expect(asked).toMatchObject({ ok: true, order: { orderId: 'CS-1' } });
    expect([first.heard, second.heard]).toEqual([[query], [query]]);
  });

  test('at the fallback host where nobody listens', async () => {
    const second = await host(good);
    expect(await client(nowhere, { fallbackUrl: second.url }).queryOrder('CS-1', 'L-1')).toMatchObject({ ok: true });
    expect(second.heard).toEqual([query]);
  });

  test('at the same host where there is no other', async () => {
    const only = await host((response, request) => (only.heard.length === 1 ? status(502) : good)(response, request));
    expect(await client(only.url).queryOrder('CS-1', 'L-1')).toMatchObject({ ok: true });
    expect(only.heard).toEqual([query, query]);
  });

  test('and no more: the problem is that of the second', async () => {
    const [first, second] = [await host(status(500)), await host(status(502))];
    const asked = await client(first.url, { fallbackUrl: second.url }).queryOrder('CS-1', 'L-1');
    expect(asked).toEqual({ ok: false, problem: 'the store answered HTTP 502' });
    expect([first.heard.length, second.heard.length]).toEqual([1, 1]);
  });

  test('an upload too, with the same bytes', async () => {
    const [first, second] = [await host(status(500)), await host(json({ error_code: 'CBC.0000', error_msg: 'ok' }))];
    const license = { file: new Uint8Array([0, 255, 10]), fileName: 'a.lic' };
    expect(await client(first.url, { fallbackUrl: second.url }).upload('event-1', license)).toEqual({ ok: true });
    expect(second.heard).toEqual(first.heard);
    expect(second.heard[0]).toMatch(/^POST .*event-1\/file$/);
  });
});

describe('a call that was answered is not repeated', () => {
  test.each<[string, Answer, RegExp]>([
    ['a 400', status(400), /HTTP 400/],
    ['a 401', status(401), /HTTP 401/],
    ['a 429', status(429), /HTTP 429/],
    ['a failure in so many words', json({ resultCode: 'MKT.0999', resultMsg: 'no such order' }), /MKT\.0999/],
    ['an answer without an order', json({ resultCode: 'MKT.0000', resultMsg: 'success' }), /no order/],
    ['another JSON', json({ hello: 'world' }), /not as documented/],
    ['no JSON', (response) => response.end('<html>'), /could not be asked/],
    ['more than 1 MiB', (response) => response.end(`"${'x'.repeat(1024 * 1024)}"`), /larger than 1048576 bytes/],
  ])('with %s', async (_name, answer, problem) => {
    const [first, second] = [await host(answer), await host(good)];
    const asked = await client(first.url, { fallbackUrl: second.url }).queryOrder('CS-1', 'L-1');
    expect(asked).toEqual({ ok: false, problem: expect.stringMatching(problem) });
    expect([first.heard.length, second.heard.length]).toEqual([1, 0]);
  });
});

test('an answer of just 1 MiB is read', async () => {
  const answer = JSON.stringify(orderAnswer('CS-1', 'L-1', '20270101000000'));
  const { url } = await host((response) => response.end(answer.padEnd(1024 * 1024)));
  expect(await client(url).queryOrder('CS-1', 'L-1')).toMatchObject({ ok: true });
});

test('a redirect is not followed: the signature is for one host and path', async () => {
  const elsewhere = await host(good);
  const first = await host(status(302, { Location: `${elsewhere.url}/x` }));
  const asked = await client(first.url).queryOrder('CS-1', 'L-1');
  expect(asked).toEqual({ ok: false, problem: expect.stringMatching(/could not be asked/) });
  expect(elsewhere.heard).toEqual([]);
});

describe('a call ends', () => {
  const hanging: Answer = () => undefined;

  test('within its limit, the repeat included', async () => {
    const [first, second] = [await host(hanging), await host(good)];
    const asked = await client(first.url, { fallbackUrl: second.url, limitMs: 50 }).queryOrder('CS-1', 'L-1');
    expect(asked).toEqual({ ok: false, problem: expect.stringMatching(/timeout/) });
    expect(second.heard).toEqual([]);
  });

  test('in the pause before the repeat', async () => {
    const [first, second] = [await host(status(500)), await host(good)];
    const ending = new AbortController();
    // Chance is asked how long the pause is to be.
    const random = () => {
      ending.abort();
      return 0;
    };
    const { queryOrder } = client(first.url, { fallbackUrl: second.url, random });
    const asked = await queryOrder('CS-1', 'L-1', ending.signal);
    expect(asked).toEqual({ ok: false, problem: 'the store answered HTTP 500' });
    expect(second.heard).toEqual([]);
  });

  test('when its signal says so, or the server stops', async () => {
    const { url, heard } = await host(hanging);
    for (const ending of [new AbortController(), new AbortController()]) {
      const before = heard.length;
      const isOwn = before === 0;
      const asking = client(url, isOwn ? {} : { stopping: ending.signal });
      const asked = asking.queryOrder('CS-1', 'L-1', isOwn ? ending.signal : undefined);
      await expect.poll(() => heard.length).toBe(before + 1);
      ending.abort();
      expect(await asked).toMatchObject({ ok: false });
    }
    expect(heard).toHaveLength(2);
  });
});

test('the query names no line where there is none', async () => {
  const targets: (string | undefined)[] = [];
  const { url, heard } = await host((response, request) => {
    targets.push(request.url?.split('?')[1]);
    good(response, request);
  });
  await client(url).queryOrder('CS 1&ü', 'L+1');
  await client(url).queryOrder('CS-1', '');
  expect(targets).toEqual(['orderId=CS+1%26%C3%BC&orderLineId=L%2B1', 'orderId=CS-1']);
  expect(heard).toEqual([query, query]);
});

test('a License that the store would not take is not sent', async () => {
  const { url, heard } = await host(good);
  const refused = await client(url).upload('event-1', { license: 'x'.repeat(1_025) });
  expect(refused).toEqual({ ok: false, problem: expect.stringMatching(/characters/) });
  expect(heard).toEqual([]);
});
