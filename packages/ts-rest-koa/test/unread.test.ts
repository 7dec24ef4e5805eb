import { expect, it } from 'vitest';
import { answerUnread } from '../src/index.ts';
import { listen } from './listening.ts';
import { exchange } from './wire.ts';

const wrongMethod = () =>
  listen((ctx) =>
    answerUnread(
      ctx,
      { status: 405, body: { error: 'POST only' }, headers: { Allow: 'POST' } },
      { bytes: 100, drainBytes: 50, deadlineMs: 60 },
    ),
  );

const put = (size: number, more = '') => `PUT / HTTP/1.1\r\nHost: a\r\n${more}Content-Length: ${size}\r\n\r\n`;

it('answers, and keeps the connection if the body ends within the limits', async () => {
  const { port } = await wrongMethod();
  const { statuses, text } = await exchange(port, [
    put(0),
    put(150),
    ' '.repeat(150),
    put(1, 'Connection: close\r\n'),
    ' ',
  ]);
  expect(statuses).toEqual([405, 405, 405]);
  expect(text).toContain('\r\nAllow: POST\r\n');
  expect(text).toContain('{"error":"POST only"}');
});

it.each([
  ['too long', [put(151), ' '.repeat(151), put(0)]],
  ['too slow', [put(10), ' ']],
])('answers, and closes the connection if the body is %s', async (_name, parts) => {
  const { port, errors } = await wrongMethod();
  const { statuses, text } = await exchange(port, parts);
  expect(statuses).toEqual([405]);
  expect(text).toContain('\r\nConnection: close\r\n');
  expect(errors).toEqual([]);
});

it('does not answer a client that goes away', async () => {
  const { port, errors } = await wrongMethod();
  const { text } = await exchange(port, [put(10), ' '], (socket) => setTimeout(() => socket.resetAndDestroy(), 10));
  expect(text).toBe('');
  expect(errors).toEqual([]);
});
