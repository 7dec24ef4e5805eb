import { describe, expect, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { startSeller } from '../seller.ts';

describe('the zone of expireTime (R13)', () => {
  test.each([
    ['UTC', '20270101000000', '2027-01-01T00:00:00.000Z'],
    ['UTC', '20270101000000999', '2027-01-01T00:00:00.999Z'],
    ['Asia/Shanghai', '20270101000000', '2026-12-31T16:00:00.000Z'],
    ['Asia/Shanghai', '20270101080000001', '2027-01-01T00:00:00.001Z'],
    ['Europe/Berlin, winter', '20270101120000', '2027-01-01T11:00:00.000Z'],
    ['Europe/Berlin, summer', '20270701120000', '2027-07-01T10:00:00.000Z'],
    ['Europe/Berlin, an hour that the spring skips', '20270328023000', '2027-03-28T01:30:00.000Z'],
    ['Europe/Berlin, an hour that the autumn repeats', '20271031023000', '2027-10-31T00:30:00.000Z'],
    ['America/St_Johns', '20270101000000', '2027-01-01T03:30:00.000Z'],
  ])('%s: %s is %s', async (name, expireTime, expiresAt) => {
    const [zone = ''] = name.split(',');
    const { store, license } = await startSeller({ environment: { STORE_TIME_ZONE: zone } });
    expect((await store.send(renewal('PL-1', expireTime))).resultCode).toBe('000000');
    expect((await license('PL-1')).expiresAt).toBe(expiresAt);
  });

  test('a date that does not exist is refused in every zone', async () => {
    const { store } = await startSeller({ environment: { STORE_TIME_ZONE: 'Asia/Shanghai' } });
    expect((await store.send(renewal('PL-1', '20270229000000'))).resultCode).toBe('000002');
  });
});
