import { once } from 'node:events';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { bought, messagesOf, ok, type RunningMarket, startMarket } from './running-market.ts';
import { type Answering, startSeller } from './stub-seller.ts';

/** Whatever a seller's server does, the call is judged by R21, in bounded time and memory, and the marketplace goes on. */

async function renewed(market: RunningMarket) {
  const { license: code } = await bought(market);
  ok(await market.control.renew({ params: { code }, body: {} }));
  const [message] = await messagesOf(market, code);
  const [attempt] = message?.attempts ?? [];
  return { message, attempt };
}

const bomb = gzipSync(Buffer.alloc(50_000_000)); // made before anything is timed

const json = { 'Content-Type': 'application/json' };
const success = '{"resultCode":"000000","resultMsg":"success."}';
const half = Math.floor(success.length / 2);

test.each<[string, string, Answering]>([
  ['never answers', 'time-limit', () => undefined],
  ['sends headers and then nothing', 'time-limit', (response) => void response.writeHead(200, json).write('{')],
  [
    'trickles a byte at a time',
    'time-limit',
    (response) => {
      response.writeHead(200, json);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    },
  ],
  ['answers 2 MB', 'answer-size', (response) => void response.writeHead(200, json).end(Buffer.alloc(2_000_000, 'x'))],
  [
    'answers without end',
    'answer-size',
    (response) => {
      response.writeHead(200, json);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x')));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    },
  ],
  [
    'answers a compressed bomb',
    'answer-size',
    (response) => void response.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end(bomb),
  ],
  [
    'answers what is not gzip as gzip',
    'whole-answer',
    (response) => void response.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end(success),
  ],
  ['redirects', 'http-status', (response) => void response.writeHead(307, { Location: '/elsewhere' }).end()],
  ['redirects for good', 'http-status', (response) => void response.writeHead(301, { Location: '/elsewhere' }).end()],
  ['answers 500 with a success', 'http-status', (response) => void response.writeHead(500, json).end(success)],
  ['answers 204', 'http-status', (response) => void response.writeHead(204).end()],
  [
    'answers HTML',
    'content-type',
    (response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>'),
  ],
  ['declares no type', 'content-type', (response) => void response.writeHead(200).end(success)],
  ['answers no JSON', 'readable-body', (response) => void response.writeHead(200, json).end('OK')],
  ['answers nothing', 'readable-body', (response) => void response.writeHead(200, json).end()],
  [
    'cuts the answer',
    'whole-answer',
    (response) =>
      void response
        .writeHead(200, { ...json, 'Content-Length': success.length })
        .write(success.slice(0, half), () => response.destroy()),
  ],
  ['closes without a word', 'whole-answer', (response) => void response.destroy()],
])('%s: fails by %s', async (_, rule, answering) => {
  const market = await startMarket({ CALL_TIMEOUT: '0.4' });
  market.seller.answer(answering);
  const { message, attempt } = await renewed(market);
  expect(attempt?.verdict).toMatchObject({ succeeded: false, rule, reason: expect.stringMatching(/\S/) });
  expect(message?.status).toBe('RETRYING');
  expect(attempt?.answer?.body?.length ?? 0).toBeLessThanOrEqual(4096);
  expect(market.seller.calls).toHaveLength(1);
  expect(market.failures).toEqual([]);
});

test('a connection that stands but never hears an answer is a matter of the time limit', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => void silent.close());
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const market = await startMarket({ CALL_TIMEOUT: '0.3', PRODUCTION_ADDRESS: `http://127.0.0.1:${port}/production` });
  expect((await renewed(market)).attempt).toMatchObject({ answer: null, verdict: { rule: 'time-limit' } });
});

test('what answers is no HTTP', async () => {
  const odd = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')).listen(0, '127.0.0.1');
  await once(odd, 'listening');
  onTestFinished(() => void odd.close());
  const address = odd.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const market = await startMarket({ PRODUCTION_ADDRESS: `http://127.0.0.1:${port}/production` });
  expect((await renewed(market)).attempt?.verdict).toMatchObject({ rule: 'whole-answer' });
});

test('nobody listens, or the name does not exist', async () => {
  const gone = await startSeller();
  await gone.close();
  for (const PRODUCTION_ADDRESS of [gone.address, 'http://seller.invalid/production']) {
    const market = await startMarket({ PRODUCTION_ADDRESS });
    expect((await renewed(market)).attempt).toMatchObject({ answer: null, verdict: { rule: 'reachable' } });
  }
});

test('a seller who speaks plain HTTP where TLS is expected', async () => {
  const seller = await startSeller();
  onTestFinished(() => seller.close());
  const market = await startMarket({ PRODUCTION_ADDRESS: seller.address.replace('http:', 'https:') });
  expect((await renewed(market)).attempt?.verdict).toMatchObject({ succeeded: false, rule: 'reachable' });
});
