import { composeBody } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { release, renewal, statusChange } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { start, startSeller } from '../seller.ts';

const expireTime = '20270101000000';
const dayMs = 24 * 60 * 60_000;

describe('what the ledger keeps of a callback', () => {
  test('when, activity, subject, key, reading, nonce, body, result code and duration', async () => {
    const { store, database } = await startSeller();
    const message = renewal('PL-1', expireTime);
    await store.send(message, { nonce: 'the nonce'.replace(' ', '-') });
    const [receipt] = (await readLedger(database)).receipts;
    expect(receipt).toEqual({
      id: 1,
      received_at: start,
      activity: 'refreshLicenseCode',
      subject: 'PL-1',
      key_id: 'license/license-1',
      reading: 'raw',
      nonce: 'the-nonce',
      body: expect.any(Uint8Array),
      result_code: '000000',
      conflict: null,
      hashed: 0,
      duration_us: expect.any(Number),
    });
    expect(Buffer.from(receipt?.body ?? []).toString()).toBe(composeBody(message));
    expect(receipt?.duration_us).toBeGreaterThan(0);
    expect(receipt?.duration_us).toBeLessThan(5_000_000);
  });

  test('of a refused one too, the bytes as they came', async () => {
    const { store, database } = await startSeller();
    const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    await store.send(bytes);
    await store.send(statusChange('PL-1', 'thaw'));
    const { receipts } = await readLedger(database);
    expect(receipts).toMatchObject([
      { activity: null, subject: null, result_code: '000002' },
      { activity: 'updateLicenseCodeStatus', subject: 'PL-1', result_code: '000002' },
    ]);
    expect(Buffer.from(receipts[0]?.body ?? [])).toEqual(bytes);
  });

  test('a conflict with the member’s name', async () => {
    const { store, database } = await startSeller();
    const order = { orderId: 'CS-1', orderLineId: 'CS-1-000001' };
    await store.send(renewal('PL-1', expireTime, order));
    await store.send(renewal('PL-1', '20280101000000', order));
    await store.send(renewal('PL-2', expireTime, order));
    expect((await readLedger(database)).receipts.map(({ conflict }) => conflict)).toEqual([
      null,
      'expireTime',
      'license',
    ]);
  });
});

describe('the ledger over time', () => {
  test('a restart keeps everything', async () => {
    const seller = await startSeller();
    await seller.store.send(renewal('PL-1', expireTime));
    await seller.store.send(statusChange('PL-1', 'FREEZE'));
    await seller.store.send(release('PL-2'));
    const before = await readLedger(seller.database);
    const license = await seller.license('PL-1');
    await seller.restart();
    expect(await readLedger(seller.database)).toEqual(before);
    expect(await seller.license('PL-1')).toEqual(license);
  });

  test('receipts are pruned by age; order lines and state never are', async () => {
    const seller = await startSeller({ environment: { RECEIPT_DAYS: '30' } });
    const message = renewal('PL-1', expireTime);
    await seller.store.send(message);
    seller.clock.now += 1;
    await seller.store.send(statusChange('PL-1', 'FREEZE'));
    const { receipts, ...state } = await readLedger(seller.database);
    seller.clock.now = start + 30 * dayMs + 1;
    await seller.restart(); // pruning runs first thing
    await expect.poll(async () => (await readLedger(seller.database)).receipts).toEqual(receipts.slice(1));
    seller.clock.now = start + 10_000 * dayMs;
    await seller.restart();
    await expect.poll(async () => await readLedger(seller.database)).toEqual({ ...state, receipts: [] });
    expect((await seller.store.send(message)).resultCode).toBe('000000');
    expect((await readLedger(seller.database)).orderLines).toEqual(state.orderLines);
  });
});
