import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { listenEcho } from './echo.ts';
import { exchange } from './wire.ts';

const head = 'POST /number HTTP/1.1\r\nHost: a\r\n';

/** Sends a byte every few milliseconds until the connection is closed. */
function trickle(socket: Socket): void {
  const timer = setInterval(() => socket.write(' '), 10);
  socket.on('close', () => clearInterval(timer));
}

describe('a body that is late', () => {
  it('is answered at the deadline and the connection closed, whether nothing comes or a byte now and then', async () => {
    const echo = await listenEcho({ limits: { deadlineMs: 60 } });
    const heard = await Promise.all([
      exchange(echo.port, [`${head}Content-Length: 5\r\n\r\n`]),
      exchange(echo.port, [`${head}Content-Length: 100000\r\n\r\n`], trickle),
      exchange(echo.port, [`${head}Transfer-Encoding: chunked\r\n\r\nffff\r\n`], trickle),
      exchange(echo.port, [`${head}Transfer-Encoding: chunked\r\n\r\n7\r\n{"n":1}\r\n`]),
    ]);
    for (const { statuses, text } of heard) {
      expect(statuses).toEqual([408]);
      expect(text).toContain('\r\nConnection: close\r\n');
      expect(text).toMatch(/\r\n\r\n\{"error":"body-too-slow","deadlineMs":60\}$/);
    }
    expect(echo.calls).toBe(0);
    expect(echo.errors).toEqual([]);
  });

  it('is too large if it ran over the limit before its time was up', async () => {
    const { port } = await listenEcho({ limits: { bytes: 10, drainBytes: 1000, deadlineMs: 40 } });
    const { statuses } = await exchange(port, [`${head}Content-Length: 900\r\n\r\n${' '.repeat(20)}`]);
    expect(statuses).toEqual([413]);
  });
});

it('a body in time is not cut when its handler takes longer', async () => {
  const { url } = await listenEcho({
    limits: { deadlineMs: 20 },
    admit: async () => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return { admitted: true, value: undefined };
    },
  });
  expect((await fetch(`${url}/number`, { method: 'POST', body: '{"n":1}' })).status).toBe(200);
});
