import { describe, expect, test } from 'vitest';
import { cancellation, release, renewal, statusChange } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { startSeller } from '../seller.ts';
import { known, notActivated, orderAnswer } from '../store-stand-in.ts';
import { renewAndCancel, sellerAsking } from './seller-asking.ts';

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

  test('the store’s word on another code is no word on this one', async () => {
    const { seller } = await sellerAsking({
      heartbeat: () => known('PL-other', { expire_time: '20270615000000' }),
    });
    await renewAndCancel(seller.store, 'PL-1');
    const problem = async () => (await seller.license('PL-1')).confirmation?.problem;
    await expect.poll(problem).toBe('the store answered for another code');
    expect(await seller.license('PL-1')).toMatchObject({ expiryConfirmed: false });
  });

  test('the answer to the callback does not wait for the store', async () => {
    const { seller, questions } = await sellerAsking({ heartbeat: () => () => undefined });
    await renewAndCancel(seller.store, 'PL-1');
    expect(await questions()).toMatchObject([{ reason: 'expiry', attempts: 0 }]);
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
    expect(await questions()).toHaveLength(1);
    await seller.store.send(release('PL-1'));
    expect(await questions()).toEqual([]);
    expect((await seller.license('PL-1')).expiryConfirmed).toBe(true);
  });

  test('without credentials it stays listed, and nobody is asked', async () => {
    const { store, admin, license, database } = await startSeller();
    await renewAndCancel(store, 'PL-1');
    await store.send(renewal('PL-2', '20270101000000'));
    expect((await admin('/licenses?attention=expiry-unconfirmed')).body).toMatchObject({
      licenses: [{ code: 'PL-1', expiresAt: '2027-01-01T00:00:00.000Z', expiryConfirmed: false }],
    });
    expect((await license('PL-1')).confirmation).toEqual({ reason: 'expiry', attempts: 0, problem: null });
    expect((await readLedger(database)).confirmations).toHaveLength(1);
  });
});
