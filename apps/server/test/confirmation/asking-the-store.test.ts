import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { cancellation, release, renewal, statusChange } from '../callbacks.ts';
import { readLedger } from '../ledger-file.ts';
import { start, startSeller } from '../seller.ts';
import type { Store } from '../store.ts';
import { known, notActivated, orderAnswer, type StoreAnswers, startStore, unknownCode } from '../store-stand-in.ts';

const hourMs = 60 * 60_000;

/** A seller that asks a stand-in of the store every few milliseconds, whenever a question is due. */
async function sellerAsking(answers: StoreAnswers, setting: { environment?: object; storeMs?: number } = {}) {
  const clock = { now: start };
  const store = await startStore(answers, () => clock.now);
  const seller = await startSeller({
    environment: { ...store.environment, ...setting.environment },
    timing: { confirmationPauseMs: 5, storeMs: setting.storeMs ?? 2_000 },
    random: () => 0,
    clock,
  });
  const questions = () => readLedger(seller.file).confirmations;
  return { seller, standIn: store, questions, settled: () => expect.poll(questions).toEqual([]) };
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a server on a TCP port has one
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Sends a renewal to 2028 and its cancellation back to 2027, which leaves the expiry to be confirmed. */
async function renewAndCancel({ send }: Store, license: string) {
  const order = { orderId: 'CS-C', orderLineId: 'CS-C-000001' };
  await send(renewal(license, '20280101000000'));
  await send(cancellation(license, '20270101000000', order));
}

describe('an expiry that only the store can tell (R16)', () => {
  test('is corrected from the query API', async () => {
    const { seller, standIn, settled } = await sellerAsking({
      heartbeat: (license) => known(license, { expire_time: '20270615000000' }),
    });
    await renewAndCancel(seller.store, 'PL-1');
    await settled();
    expect(await seller.license('PL-1')).toMatchObject({
      expiresAt: '2027-06-15T00:00:00.000Z',
      expiryConfirmed: true,
      confirmation: null,
    });
    expect(standIn.refused).toEqual([]);
  });

  test('the query API’s expire_time is UTC whatever the zone of expireTime is', async () => {
    const { seller, settled } = await sellerAsking(
      { heartbeat: (license) => known(license, { expire_time: '20270615000000' }) },
      { environment: { STORE_TIME_ZONE: 'Asia/Shanghai' } },
    );
    await renewAndCancel(seller.store, 'PL-1');
    await settled();
    expect((await seller.license('PL-1')).expiresAt).toBe('2027-06-15T00:00:00.000Z');
  });

  test.each([
    ['the query API tells no expiry', (license: string) => known(license)],
    ['the query API tells an expiry that is no date', (license: string) => known(license, { expire_time: 'soon' })],
    ['the code was not activated', () => notActivated],
  ])('is corrected from the order query where %s', async (_name, heartbeat) => {
    const { seller, standIn, settled } = await sellerAsking({
      heartbeat,
      order: (orderId, line) => orderAnswer(orderId, line, '20270707000000'),
    });
    await renewAndCancel(seller.store, 'PL-1');
    await settled();
    expect((await seller.license('PL-1')).expiresAt).toBe('2027-07-07T00:00:00.000Z');
    expect(standIn.asked.at(-1)).toBe('order CS-C/CS-C-000001');
  });

  test('the answer to the callback does not wait for the store', async () => {
    const { seller, questions } = await sellerAsking({ heartbeat: () => () => undefined });
    await renewAndCancel(seller.store, 'PL-1');
    expect(questions()).toMatchObject([{ reason: 'expiry', attempts: 0 }]);
    expect((await seller.license('PL-1')).expiryConfirmed).toBe(false);
  });

  test('a license that changes while the store is asked is asked about again', async () => {
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { seller, standIn, questions, settled } = await sellerAsking({
      async heartbeat(license) {
        if (release !== undefined) await held;
        return known(license, { expire_time: '20270615000000' });
      },
    });
    await seller.store.send(cancellation('PL-1', '20270101000000'));
    await expect.poll(() => standIn.asked.length).toBe(1);
    await seller.store.send(statusChange('PL-1', 'FREEZE'));
    const letGo = release;
    release = undefined;
    letGo?.();
    await expect.poll(questions).toMatchObject([{ attempts: 1, problem: expect.stringMatching(/changed/) }]);
    expect((await seller.license('PL-1')).expiresAt).toBe('2027-01-01T00:00:00.000Z');
    seller.clock.now += 10_000;
    await settled();
    expect(await seller.license('PL-1')).toMatchObject({ expiresAt: '2027-06-15T00:00:00.000Z', status: 'FROZEN' });
  });

  test('a question that takes the place of another while the store is asked is due at once', async () => {
    const { seller, standIn, settled } = await sellerAsking({
      async heartbeat(license) {
        if (standIn.asked.length === 1) {
          await seller.store.send(cancellation(license, '20270101000000'));
        }
        return known(license, { expire_time: '20270615000000' });
      },
    });
    await seller.store.send(renewal('PL-1', '20280101000000'));
    await settled();
    expect((await seller.license('PL-1')).expiresAt).toBe('2027-06-15T00:00:00.000Z');
    expect(standIn.asked).toEqual(['heartbeat PL-1', 'heartbeat PL-1']);
  });

  test('a release withdraws the question: what is final is not corrected (R18)', async () => {
    const { seller, questions } = await sellerAsking({ heartbeat: () => () => undefined });
    await seller.store.send(cancellation('PL-1', '20270101000000'));
    expect(questions()).toHaveLength(1);
    await seller.store.send(release('PL-1'));
    expect(questions()).toEqual([]);
    expect((await seller.license('PL-1')).expiryConfirmed).toBe(true);
  });

  test('without credentials it stays listed, and nobody is asked', async () => {
    const { store, admin, license, file } = await startSeller();
    await renewAndCancel(store, 'PL-1');
    await store.send(renewal('PL-2', '20270101000000'));
    expect((await admin('/licenses?attention=expiry-unconfirmed')).body).toMatchObject({
      licenses: [{ code: 'PL-1', expiresAt: '2027-01-01T00:00:00.000Z', expiryConfirmed: false }],
    });
    expect((await license('PL-1')).confirmation).toEqual({ reason: 'expiry', attempts: 0, problem: null });
    expect(readLedger(file).confirmations).toHaveLength(1);
  });
});

describe('an adopted code (R19)', () => {
  test.each([
    ['the store knows it', (license: string) => known(license)],
    ['the store knows it, not activated yet', () => notActivated],
  ])('is verified when %s', async (_name, heartbeat) => {
    const { seller, standIn, settled } = await sellerAsking({ heartbeat });
    await seller.store.send(renewal('PL-1', '20270101000000'));
    await expect.poll(() => standIn.asked).toEqual(['heartbeat PL-1']);
    await settled();
    expect(await seller.license('PL-1')).toMatchObject({ expiresAt: '2027-01-01T00:00:00.000Z', confirmation: null });
  });

  test('is verified once, not at every callback', async () => {
    const { seller, standIn, settled } = await sellerAsking({ heartbeat: (license) => known(license) });
    await seller.store.send(renewal('PL-1', '20270101000000'));
    await settled();
    await seller.store.send(renewal('PL-1', '20280101000000'));
    await seller.store.send(statusChange('PL-1', 'FREEZE'));
    await settled();
    expect(standIn.asked).toEqual(['heartbeat PL-1']);
  });

  test('that the store does not know stays listed with the reason, and is asked about less and less, at most hourly', async () => {
    const { seller, standIn, questions } = await sellerAsking({ heartbeat: () => unknownCode });
    expect((await seller.store.send(renewal('PL-1', '20270101000000'))).resultCode).toBe('000000');
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 14; attempt += 1) {
      await expect.poll(() => questions()[0]?.attempts, { interval: 5 }).toBe(attempt);
      const next = questions()[0]?.next_attempt_at ?? 0;
      pauses.push(next - seller.clock.now);
      seller.clock.now = next;
    }
    expect(pauses[0]).toBe(5_000);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauses.slice(-3)).toEqual([hourMs, hourMs, hourMs]);
    expect(standIn.asked.length).toBeLessThanOrEqual(15);
    expect((await seller.admin('/licenses?attention=adoption-unverified')).body).toMatchObject({
      licenses: [{ code: 'PL-1' }],
    });
    const { confirmation } = await seller.license('PL-1');
    expect(confirmation).toMatchObject({ reason: 'adoption', problem: expect.stringMatching(/92020005/) });
    expect((await seller.store.send(statusChange('PL-1', 'FREEZE'))).resultCode).toBe('000000');
  });
});

describe('a store that gives no answer to use', () => {
  test.each<[string, StoreAnswers['heartbeat'], RegExp]>([
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
    expect(questions()[0]?.next_attempt_at).toBe(seller.clock.now + 5_000);
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
      .poll(() => questions().map((question) => question.problem ?? ''))
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
    expect(questions()).toMatchObject([{ attempts: 0, problem: null }]);
  });
});

test('many questions are asked side by side, each once', async () => {
  let atOnce = 0;
  let most = 0;
  const { seller, standIn, settled } = await sellerAsking({
    async heartbeat(license) {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return known(license);
    },
  });
  const codes = Array.from({ length: 60 }, (_, index) => `PL-${index}`);
  await Promise.all(codes.map((license) => seller.store.send(renewal(license, '20270101000000'))));
  await settled();
  expect(standIn.asked.toSorted()).toEqual(codes.map((license) => `heartbeat ${license}`).toSorted());
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(20);
});
