import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { listenEcho } from './echo.ts';
import { exchange } from './wire.ts';

const head = 'POST /number HTTP/1.1\r\nHost: a\r\n';

it.each<[string, (socket: Socket) => void]>([
  ['closes', (socket) => socket.destroy()],
  ['resets the connection', (socket) => socket.resetAndDestroy()],
  ['ends its side', (socket) => socket.end()],
])('a client that %s while it sends reaches no handler and no log', async (_name, leave) => {
  const seen: string[] = [];
  const echo = await listenEcho({
    admit: () => {
      seen.push('admit');
      return { admitted: true, value: undefined };
    },
    refuse: ({ kind }) => {
      seen.push(kind);
      return { status: 400, body: undefined };
    },
  });
  for (const start of [`${head}Content-Length: 100\r\n\r\nabc`, `${head}Transfer-Encoding: chunked\r\n\r\n5\r\nabc`]) {
    await exchange(echo.port, [start], (socket) => setTimeout(() => leave(socket), 20));
  }
  expect((await fetch(`${echo.url}/hello`)).status).toBe(200);
  expect(seen).toEqual(['admit']);
  expect(echo.calls).toBe(0);
  expect(echo.errors).toEqual([]);
});

it('a client that leaves once it has been refused is not reported either', async () => {
  const echo = await listenEcho({ limits: { bytes: 10 } });
  await exchange(echo.port, [`${head}Content-Length: 100\r\n\r\nabc`], (socket) => {
    socket.once('data', () => socket.resetAndDestroy());
  });
  expect((await fetch(`${echo.url}/hello`)).status).toBe(200);
  expect(echo.errors).toEqual([]);
});
