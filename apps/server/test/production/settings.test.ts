import { describe, expect, test } from 'vitest';
import { cancellation, release, renewal, statusChange } from '../callbacks.ts';
import { nothing, readLedger } from '../ledger-content.ts';
import { startSeller } from '../seller.ts';

const expireTime = '20270101000000';

describe('ADOPT_LICENSES=false (R19)', () => {
  test('every activity of an unknown code is 000003, and leaves only its receipt', async () => {
    const { store, database } = await startSeller({ environment: { ADOPT_LICENSES: 'false' } });
    const messages = [
      renewal('PL-1', expireTime),
      cancellation('PL-1', expireTime),
      statusChange('PL-1', 'FREEZE'),
      statusChange('PL-1', 'UNFREEZE'),
      release('PL-1'),
    ];
    for (const message of messages) expect((await store.send(message)).resultCode).toBe('000003');
    const { receipts, ...state } = await readLedger(database);
    expect(state).toEqual(nothing);
    expect(receipts).toHaveLength(messages.length);
  });

  test('codes that are known from before are served, and a refusal is decided anew (R15)', async () => {
    const seller = await startSeller({ environment: { ADOPT_LICENSES: 'false' } });
    const message = renewal('PL-1', expireTime);
    expect((await seller.store.send(message)).resultCode).toBe('000003');
    await seller.restart({ ADOPT_LICENSES: 'true' });
    expect((await seller.store.send(message)).resultCode).toBe('000000');
    await seller.restart({ ADOPT_LICENSES: 'false' });
    expect((await seller.store.send(statusChange('PL-1', 'FREEZE'))).resultCode).toBe('000000');
    expect((await seller.store.send(statusChange('PL-2', 'FREEZE'))).resultCode).toBe('000003');
  });
});

describe('RENEWAL_UNFREEZES (R17)', () => {
  test.each([
    ['false', 'FROZEN'],
    ['true', 'ACTIVE'],
  ])('%s: a frozen license that is renewed is %s', async (setting, status) => {
    const { store, clock, license } = await startSeller({ environment: { RENEWAL_UNFREEZES: setting } });
    await store.send(statusChange('PL-1', 'FREEZE'));
    clock.now += 1_000;
    await store.send(renewal('PL-1', expireTime));
    expect(await license('PL-1')).toMatchObject({ status, expiresAt: '2027-01-01T00:00:00.000Z' });
  });

  test('a freeze that was sent before the renewal, and comes after it, is ignored', async () => {
    const { store, clock, license } = await startSeller({ environment: { RENEWAL_UNFREEZES: 'true' } });
    await store.send(renewal('PL-1', expireTime));
    expect((await store.send(statusChange('PL-1', 'FREEZE'), { timestamp: clock.now - 1 })).resultCode).toBe('000000');
    expect((await license('PL-1')).status).toBe('ACTIVE');
  });
});

test('status changes that overtake each other end as the younger token says (R17)', async () => {
  const { store, clock, license } = await startSeller();
  await store.send(statusChange('PL-1', 'UNFREEZE'), { timestamp: clock.now });
  await store.send(statusChange('PL-1', 'FREEZE'), { timestamp: clock.now - 1 });
  expect((await license('PL-1')).status).toBe('ACTIVE');
});
