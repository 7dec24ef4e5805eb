import { composeBody } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { renewal, statusChange } from '../callbacks.ts';
import { newKey } from '../credentials.ts';
import { readLedger } from '../ledger-content.ts';
import { startSeller } from '../seller.ts';

const expireTime = '20270101000000';

/** How often each result code occurs. */
async function codes(answers: Iterable<Promise<{ readonly resultCode: string }>>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { resultCode } of await Promise.all(answers)) counts[resultCode] = (counts[resultCode] ?? 0) + 1;
  return counts;
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('repeats at the same time (R3, R15)', () => {
  test('the same callback 50 times in parallel, each with a fresh token: applied once, 50 successes', async () => {
    const { store, database } = await startSeller();
    const message = renewal('PL-1', expireTime);
    expect(await codes(times(50, () => store.send(message)))).toEqual({ '000000': 50 });
    const { orderLines, receipts, licenses } = await readLedger(database);
    expect(orderLines).toHaveLength(1);
    expect(receipts).toHaveLength(50);
    expect(licenses.map(({ revision }) => revision)).toEqual([1]);
  });

  test('one token 30 times in parallel: one success, 29 replays', async () => {
    const { store, database } = await startSeller();
    const body = composeBody(renewal('PL-1', expireTime));
    const query = store.query(body);
    expect(await codes(times(30, () => store.send(body, { query })))).toEqual({ '000000': 1, '000001': 29 });
    expect((await readLedger(database)).receipts).toHaveLength(1);
  });

  test('50 callbacks that contradict each other: one is applied, the others are conflicts', async () => {
    const { store, database } = await startSeller();
    const order = { orderId: 'CS-X', orderLineId: 'CS-X-000001' };
    const licenses = times(50, () => 0).map((_, index) => `PL-${index}`);
    const sent = licenses.map((license) => store.send(renewal(license, expireTime, order)));
    expect(await codes(sent)).toEqual({ '000000': 1, '000002': 49 });
    const { orderLines, receipts } = await readLedger(database);
    expect(orderLines).toHaveLength(1);
    expect(receipts.filter(({ conflict }) => conflict === 'license')).toHaveLength(49);
    expect((await readLedger(database)).licenses).toHaveLength(1);
  });
});

describe('a token that was used before (R3)', () => {
  test.each([
    ['the same call', (message: object) => message],
    ['another body under the same nonce', (message: object) => ({ ...message, license: 'PL-2' })],
  ])('%s is a replay and changes nothing', async (_name, change) => {
    const { store, database } = await startSeller();
    const message = renewal('PL-1', expireTime);
    await store.send(message, { nonce: 'once' });
    const before = await readLedger(database);
    const answer = await store.send({ ...change(message) }, { nonce: 'once' });
    expect(answer).toMatchObject({ resultCode: '000001', resultMsg: expect.stringMatching(/nonce/) });
    expect(await readLedger(database)).toEqual(before);
  });

  test('is used up by a call whose body was refused', async () => {
    const { store } = await startSeller();
    expect((await store.send('not JSON', { nonce: 'once' })).resultCode).toBe('000002');
    expect((await store.send(renewal('PL-1', ''), { nonce: 'twice' })).resultCode).toBe('000002');
    for (const nonce of ['once', 'twice']) {
      expect((await store.send(renewal('PL-1', expireTime), { nonce })).resultCode).toBe('000001');
    }
  });

  test('is not used up by a call that is not authentic', async () => {
    const { store } = await startSeller();
    const message = renewal('PL-1', expireTime);
    expect((await store.send(message, { nonce: 'once', key: newKey('theirs') })).resultCode).toBe('000001');
    expect((await store.send(message, { nonce: 'once' })).resultCode).toBe('000000');
  });

  test('counts for each key by itself', async () => {
    const [old, young] = [newKey('old'), newKey('young')];
    const keys = JSON.stringify({ base: [], license: [old, young], kit: [], general: [], v1: [] });
    const { store } = await startSeller({ environment: { KOOBRIDGE_KEYS: keys } });
    const message = statusChange('PL-1', 'FREEZE');
    expect((await store.send(message, { nonce: 'same', key: old })).resultCode).toBe('000000');
    expect((await store.send(message, { nonce: 'same', key: young })).resultCode).toBe('000000');
    expect((await store.send(message, { nonce: 'same', key: old })).resultCode).toBe('000001');
  });

  test('stays used while the window moves on, both sides of it', async () => {
    const { store, clock } = await startSeller();
    const body = composeBody(renewal('PL-1', expireTime));
    const query = store.query(body, { timestamp: clock.now + 60_000 });
    expect((await store.send(body, { query })).resultCode).toBe('000000');
    clock.now += 120_000;
    expect(await store.send(body, { query })).toMatchObject({ resultCode: '000001', resultMsg: /nonce/ });
    clock.now += 1;
    expect(await store.send(body, { query })).toMatchObject({ resultCode: '000001', resultMsg: /past/ });
  });

  test('stays used after a restart', async () => {
    const seller = await startSeller();
    const body = composeBody(renewal('PL-1', expireTime));
    const query = seller.store.query(body);
    expect((await seller.store.send(body, { query })).resultCode).toBe('000000');
    await seller.restart();
    expect((await seller.store.send(body, { query })).resultCode).toBe('000001');
    expect((await seller.store.send(body)).resultCode).toBe('000000');
    expect((await readLedger(seller.database)).orderLines).toHaveLength(1);
  });
});
