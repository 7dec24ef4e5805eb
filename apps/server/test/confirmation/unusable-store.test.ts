import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { cancellation, renewal } from '../callbacks.ts';
import { known, orderAnswer, type StoreAnswers, unknownCode } from '../store-stand-in.ts';
import { renewAndCancel, sellerAsking } from './seller-asking.ts';

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a server on a TCP port has one
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a store that gives no answer to use', () => {
  test.each<[string, NonNullable<StoreAnswers['heartbeat']>, RegExp]>([
    ['that answers 401', () => (response) => response.writeHead(401).end('{}'), /HTTP 401/],
    ['that answers 500', () => (response) => response.writeHead(500).end(), /HTTP 500/],
    [
      'that redirects',
      () => (response) => response.writeHead(302, { Location: '/elsewhere' }).end(),
      /could not be asked/,
    ],
    ['that answers no JSON', () => (response) => response.end('<html>maintenance</html>'), /could not be asked/],
    ['that answers another JSON', () => ({ hello: 'world' }), /not as documented/],
    ['that answers nothing', () => (response) => response.end(), /could not be asked/],
    ['that hangs up', () => (response) => response.destroy(), /could not be asked/],
    ['that hangs', () => () => undefined, /timeout/],
    ['that stops in the middle', () => (response) => void response.write('{"error_code":'), /timeout/],
    ['that answers 2 MiB', () => (response) => response.end(`"${'x'.repeat(2 * 1024 * 1024)}"`), /larger than 1048576/],
    ['with an internal error', () => ({ error_code: '92020001', error_msg: 'internal error' }), /92020001/],
  ])('%s: the question is postponed with the reason, and callbacks are served', async (_name, heartbeat, problem) => {
    const { seller, questions } = await sellerAsking({ heartbeat }, { storeMs: 100 });
    await seller.store.send(cancellation('PL-1', '20270101000000'));
    await expect.poll(questions).toMatchObject([{ attempts: 1, problem: expect.stringMatching(problem) }]);
    expect((await questions())[0]?.next_attempt_at).toBe(seller.clock.now + 5_000);
    expect((await seller.store.send(renewal('PL-1', '20280101000000'))).resultCode).toBe('000000');
    expect((await seller.license('PL-1')).expiryConfirmed).toBe(false);
    const metrics = await (await seller.get('/metrics')).text();
    expect(metrics).toMatch(/koobridge_confirmations_total\{outcome="postponed"\} [1-9]/);
  });

  test('that is not there', async () => {
    const { seller, questions } = await sellerAsking(
      { heartbeat: () => unknownCode },
      { environment: { STORE_URL: `http://127.0.0.1:${await freePort()}` } },
    );
    await seller.store.send(cancellation('PL-1', '20270101000000'));
    await expect.poll(questions).toMatchObject([{ attempts: 1, problem: expect.stringMatching(/ECONNREFUSED/) }]);
  });

  test.each([
    ['refuses', { resultCode: 'MKT.0999', resultMsg: 'no such order' }, /MKT.0999/],
    ['does not have the line', { ...orderAnswer('CS-C', 'CS-other', '20270101000000') }, /no expiry for order line/],
    ['is garbage', { resultCode: 7 }, /not as documented/],
  ])('whose order query %s', async (_name, order, problem) => {
    const { seller, questions } = await sellerAsking({ heartbeat: (license) => known(license), order: () => order });
    await renewAndCancel(seller.store, 'PL-1');
    await expect
      .poll(async () => (await questions()).map((question) => question.problem ?? ''))
      .toEqual([expect.stringMatching(problem)]);
  });

  test('does not keep the server from stopping', async () => {
    const { seller, standIn, questions } = await sellerAsking(
      { heartbeat: () => () => undefined },
      { storeMs: 60_000 },
    );
    await seller.store.send(cancellation('PL-1', '20270101000000'));
    await expect.poll(() => standIn.asked.length).toBe(1);
    await seller.stop();
    expect(await questions()).toMatchObject([{ attempts: 0, problem: null }]);
  });
});
