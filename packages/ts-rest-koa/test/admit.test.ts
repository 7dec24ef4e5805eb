import { initContract } from '@ts-rest/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Admission, type Incoming, type RawBody, serve } from '../src/index.ts';
import { listenEcho } from './echo.ts';
import { listen } from './listening.ts';
import { exchange } from './wire.ts';

const c = initContract();

describe('admit', () => {
  it('sees the bytes exactly as they were sent, in however many pieces they came', async () => {
    const seen: Buffer[] = [];
    const { port } = await listenEcho({
      admit: (raw: RawBody) => {
        seen.push(raw.bytes);
        return { admitted: true, value: undefined };
      },
    });
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x22, 0xff, 0x00, 0x0d, 0x0a, 0x20, 0x7d]);
    const head = 'POST /number HTTP/1.1\r\nHost: a\r\nConnection: close\r\n';
    await exchange(port, [`${head}Content-Length: 11\r\n\r\n`, bytes]);
    await exchange(port, [
      `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n`,
      bytes.subarray(0, 5),
      '\r\n6\r\n',
      bytes.subarray(5),
      '\r\n0\r\n\r\n',
    ]);
    await exchange(port, [`${head}Content-Length: 11\r\n\r\n`, bytes.subarray(0, 3)], (socket) => {
      setTimeout(() => socket.write(bytes.subarray(3)), 20);
    });
    expect(seen).toEqual([bytes, bytes, bytes]);
  });

  it('gets the route, the context and the time of arrival', async () => {
    let incoming: Incoming | undefined;
    const before = performance.now();
    const { url } = await listenEcho({
      admit: (_raw: RawBody, given: Incoming) => {
        incoming = given;
        return { admitted: true, value: undefined };
      },
    });
    await fetch(`${url}/number?x=1`, { method: 'POST', body: '{"n":1}' });
    expect(incoming?.route.path).toBe('/number');
    expect(incoming?.ctx.querystring).toBe('x=1');
    expect(incoming?.receivedAt).toBeGreaterThan(before);
    expect(incoming?.receivedAt).toBeLessThan(performance.now());
  });

  it('comes before every schema, and its refusal is answered without running one', async () => {
    const { url, calls } = await listenEcho({ admit: () => ({ admitted: false, reason: 'bad signature' }) });
    const answer = await fetch(`${url}/number`, { method: 'POST', body: 'not json' });
    expect(answer.status).toBe(401);
    expect(await answer.text()).toBe('{"error":"not-admitted"}');
    expect(calls).toBe(0);
  });

  it('hands its value to the handler, and may take its time', async () => {
    const contract = c.router({
      who: { method: 'POST', path: '/who', body: z.unknown(), responses: { 200: c.type<string>() } },
    });
    const admit = async (raw: RawBody): Promise<Admission<{ key: string }, 'unknown key'>> => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { admitted: true, value: { key: raw.text() ?? '' } };
    };
    const router = serve(contract, { who: ({ admitted }) => ({ status: 200, body: admitted.key }) }, { admit });
    const { url } = await listen(router);
    const answer = await fetch(`${url}/who`, { method: 'POST', body: '"k1"' });
    expect(await answer.json()).toBe('"k1"');
  });
});
