import { describe, expect, it } from 'vitest';
import { type Admission, defaultAnswer, type Incoming, type RawBody, type Refusal } from '../src/index.ts';
import { listenEcho } from './echo.ts';
import { exchange } from './wire.ts';

const post = (url: string, body: string) => fetch(`${url}/number`, { method: 'POST', body });
const broken = new Error('secret detail');
const fail = (): never => {
  throw broken;
};

describe('refuse', () => {
  it('gets the refusal and the request, and its answer is sent', async () => {
    const seen: [Refusal<string, 'why'>, Incoming][] = [];
    const { url } = await listenEcho({
      admit: (raw: RawBody): Admission<string, 'why'> =>
        raw.text() === 'no' ? { admitted: false, reason: 'why' } : { admitted: true, value: 'me' },
      refuse: async (refusal: Refusal<string, 'why'>, incoming: Incoming) => {
        seen.push([refusal, incoming]);
        return { status: 200, body: { code: refusal.kind }, headers: { 'x-refused': 'yes' } };
      },
    });
    const answer = await post(url, 'no');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-refused')).toBe('yes');
    expect(await answer.json()).toEqual({ code: 'not-admitted' });
    await post(url, '{');
    await post(url, '{}');
    expect(seen.map(([refusal]) => refusal)).toEqual([
      { kind: 'not-admitted', reason: 'why' },
      { kind: 'body-unreadable', reason: 'not-json', admitted: 'me', raw: expect.anything() },
      {
        kind: 'schema',
        part: 'body',
        issues: [expect.objectContaining({ path: ['n'] })],
        admitted: 'me',
        raw: expect.anything(),
      },
    ]);
    expect(seen[2]?.[1].route.path).toBe('/number');
  });

  it.each([
    ['a string', 'plain', 'text/plain', 'plain'],
    ['a Buffer', Buffer.from('bytes'), 'image/x-none', 'bytes'],
    ['nothing', undefined, 'text/plain', ''],
  ])('may answer %s with a content type of its own', async (_name, body, type, text) => {
    const { url } = await listenEcho({ refuse: () => ({ status: 422, body, headers: { 'Content-Type': type } }) });
    const answer = await post(url, '');
    expect(answer.status).toBe(422);
    expect(await answer.text()).toBe(text);
    if (body !== undefined) expect(answer.headers.get('content-type')).toBe(type);
  });

  it('that throws leaves the answer to Koa, which shows nothing of it', async () => {
    const { url, errors } = await listenEcho({ refuse: fail });
    const answer = await post(url, '');
    expect(answer.status).toBe(500);
    expect(await answer.text()).toBe('Internal Server Error');
    expect(errors).toEqual([broken]);
  });

  it('that throws is answered by Koa also if the body came in pieces', async () => {
    const { port, errors } = await listenEcho({ refuse: fail });
    const start =
      'POST /number HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n';
    const { statuses } = await exchange(port, [start], (socket) => setTimeout(() => socket.write('0\r\n\r\n'), 10));
    expect(statuses).toEqual([500]);
    expect(errors).toEqual([broken]);
  });
});

describe('without refuse', () => {
  it('what failed reaches the error event of the application, and no client', async () => {
    const { url, errors } = await listenEcho({ admit: fail });
    const answer = await post(url, '{"n":1}');
    expect(answer.status).toBe(500);
    expect(await answer.text()).toBe('{"error":"failed"}');
    expect(errors).toEqual([broken]);
  });

  it('a refusal is no error of the application', async () => {
    const { url, errors } = await listenEcho();
    expect((await post(url, '{')).status).toBe(400);
    expect(errors).toEqual([]);
  });

  it.each<[number, Refusal<undefined, string>]>([
    [413, { kind: 'body-too-large', limit: 1 }],
    [408, { kind: 'body-too-slow', deadlineMs: 1 }],
    [415, { kind: 'body-compressed', encoding: 'gzip' }],
    [401, { kind: 'not-admitted', reason: 'secret detail' }],
    [500, { kind: 'failed', error: broken, admitted: undefined }],
  ])('the answer is %i and says no more than it should', (status, refusal) => {
    const answer = defaultAnswer(refusal);
    expect(answer).toMatchObject({ status, body: { error: refusal.kind } });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});
