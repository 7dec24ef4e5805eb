import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeBody } from '@koobridge/contracts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { sharedSeller } from '../seller.ts';
import { exchange, head, lastBody } from '../wire.ts';

const inactiveMs = 800;
const seller = sharedSeller({
  timing: { bodyMs: 300, headersMs: 400, requestMs: 60_000, inactiveMs },
});
const hurried = sharedSeller({ timing: { headersMs: 400, requestMs: 600, keepAliveMs: 300 } });

/** Writes one character after the other for as long as the connection lasts. */
const trickle = (text: string) => (socket: ReturnType<typeof connect>) => {
  let sent = 0;
  const timer = setInterval(() => socket.write(text.charAt(sent++ % text.length)), 20);
  socket.once('close', () => clearInterval(timer));
};

describe('a client that takes its time is cut off', () => {
  test('with the head of a request', async () => {
    const heard = await exchange(seller().url, ['POST /production HTTP/1.1\r\n'], trickle('X: 1\r\n'));
    expect(lastBody(heard)).toContain('"000002"');
  });

  test('with its first byte', async () => {
    const heard = await exchange(seller().url, []);
    expect(lastBody(heard)).toContain('"000002"');
  });

  test('with a body for the production address, which never ends', async () => {
    const lines = head('/production', 'Transfer-Encoding: chunked');
    const heard = await exchange(seller().url, [lines], trickle('1\r\nx\r\n'));
    expect(lastBody(heard)).toContain('within 300 ms');
  });

  test('with a body for another path', async () => {
    const heard = await exchange(hurried().url, [head('/admin/x', 'Content-Length: 1000000')], trickle('x'));
    expect(heard.statuses[0]).toBe(404);
  });

  test('with its next call', async () => {
    const begun = performance.now();
    const body = composeBody(renewal('PL-1', '20270101000000'));
    const target = `/production?${hurried().store.query(body)}`;
    const heard = await exchange(hurried().url, [head(target, `Content-Length: ${body.length}`), body]);
    expect(heard.statuses).toEqual([200]);
    expect(lastBody(heard)).toContain('"000000"');
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  test('with reading its answers', async () => {
    const page = (await (await seller().get('/openapi/production.json')).text()).length;
    expect(page).toBeGreaterThan(10_000);
    const asked = 400;
    let heard = asked * page;
    // On a busy machine it takes a while until the server has written as much as the connection holds.
    for (const pauseMs of [3 * inactiveMs, 15_000]) {
      heard = await heardAfter(asked, pauseMs);
      if (heard < asked * page) break;
    }
    expect(heard).toBeLessThan(asked * page);
  });
});

/** How many bytes of the answers a client gets that begins to read only then. */
async function heardAfter(asked: number, pauseMs: number): Promise<number> {
  const { hostname, port } = new URL(seller().url);
  const socket = connect({ host: hostname, port: Number(port) });
  onTestFinished(() => void socket.destroy());
  let heard = 0;
  socket.on('error', () => undefined); // it is cut off
  socket.pause();
  socket.write('GET /openapi/production.json HTTP/1.1\r\nHost: seller\r\n\r\n'.repeat(asked));
  await sleep(pauseMs);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('data', (chunk) => {
    heard += chunk.length;
  });
  socket.resume();
  await closed;
  return heard;
}
