import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { listenEcho } from './echo.ts';
import { exchange, firstBytes } from './wire.ts';

const number = (n: number, more = '') => {
  const body = JSON.stringify({ n });
  return `POST /number HTTP/1.1\r\nHost: a\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;
};

it('a request without a body is answered at once and the connection kept', async () => {
  const { port } = await listenEcho({ limits: { deadlineMs: 600_000 } });
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  for (const method of ['GET', 'HEAD', 'GET']) {
    socket.write(`${method} /hello HTTP/1.1\r\nHost: a\r\n\r\n`);
    const answer = await firstBytes(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('Connection: keep-alive');
  }
});

it('a GET with a body is read to its end before the next request', async () => {
  const { port } = await listenEcho();
  const { statuses } = await exchange(port, [
    'GET /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc',
    'GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  ]);
  expect(statuses).toEqual([200, 200]);
});

it('requests on one connection are answered in their order, sent one by one or all at once', async () => {
  const { port } = await listenEcho();
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  for (const n of [1, 2, 3]) {
    socket.write(number(n));
    expect(await firstBytes(socket)).toContain(`{"n":${n},`);
  }
  const { text } = await exchange(port, [number(1) + number(2) + number(3) + number(4, 'Connection: close\r\n')]);
  expect([...text.matchAll(/"n":(\d)/g)].map(([, n]) => n)).toEqual(['1', '2', '3', '4']);
});

it('a refused request keeps the connection unless its body was too large or too slow', async () => {
  const { port } = await listenEcho();
  const { statuses } = await exchange(port, [
    'POST /number HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n{',
    'POST /number HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\n{',
    number(1, 'Connection: close\r\n'),
  ]);
  expect(statuses).toEqual([400, 415, 200]);
});

it('a request whose body was read ends for whoever watches it', async () => {
  const echo = await listenEcho();
  const ended = new Promise((resolve) => {
    echo.app.middleware.unshift((ctx, next) => {
      ctx.req.once('end', () => resolve('ended'));
      return next();
    });
  });
  const socket = connect(echo.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(number(1));
  expect(await ended).toBe('ended');
});

it('a body that other middleware has read is a mistake that shows', async () => {
  const echo = await listenEcho();
  echo.app.middleware.unshift(async (ctx, next) => {
    await ctx.req.resume().toArray();
    await next();
  });
  expect((await fetch(`${echo.url}/number`, { method: 'POST', body: '{"n":1}' })).status).toBe(500);
  expect(echo.errors.map(String)).toEqual(['Error: the request body was already read by other middleware']);
});
