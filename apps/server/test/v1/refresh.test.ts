import { describe, expect, test } from 'vitest';
import { sharedSeller } from '../seller.ts';
import { bought, instanceOf, v1On } from './instance.ts';
import { about, purchase, refresh } from './messages.ts';
import { type Parameters, v1Store } from './store.ts';

const seller = sharedSeller({ environment: v1On });
let orders = 0;

/** An instance of its own, with calls about it that must succeed. */
async function anInstance() {
  orders += 1;
  const own = orders;
  const store = v1Store(seller());
  const instanceId = await bought(store, purchase(`CS-${own}`));
  const send = async (parameters: Parameters) => (await store.get(parameters)).resultCode;
  return {
    instanceId,
    send,
    renew: (order: string, year: number, more: Parameters = {}) =>
      send(refresh(instanceId, `CS-${own}-${order}`, `${year}0101000000`, more)),
    about: (activity: Parameters['activity'] & ('expireInstance' | 'releaseInstance'), more: Parameters = {}) =>
      send(about(activity, instanceId, more)),
    state: async () => {
      const { status, expiresAt, expiryConfirmed } = await instanceOf(seller(), instanceId);
      return { status, year: expiresAt === null ? null : new Date(expiresAt).getUTCFullYear(), expiryConfirmed };
    },
  };
}

describe('refreshInstance of V1 by its scene (R16, R25)', () => {
  test('without an amount: the expiry that was sent, and one that is earlier is to be confirmed', async () => {
    const { renew, state } = await anInstance();
    expect(await renew('1', 2027)).toBe('000000');
    expect(await state()).toEqual({ status: 'ACTIVE', year: 2027, expiryConfirmed: true });
    expect(await renew('2', 2029)).toBe('000000');
    expect(await state()).toMatchObject({ year: 2029, expiryConfirmed: true });
    expect(await renew('3', 2028)).toBe('000000');
    expect(await state()).toMatchObject({ year: 2028, expiryConfirmed: false });
  });

  test('with an amount: a renewal, which takes the later expiry', async () => {
    const { renew, state } = await anInstance();
    await renew('1', 2029, { orderAmount: '0' });
    await renew('2', 2028, { orderAmount: '10.5' });
    expect(await state()).toMatchObject({ year: 2029, expiryConfirmed: true });
  });

  test('with a negative amount: a cancelled renewal, which takes the earlier expiry', async () => {
    const { renew, state } = await anInstance();
    await renew('1', 2028, { orderAmount: '10' });
    await renew('2', 2027, { orderAmount: '-10' });
    expect(await state()).toMatchObject({ year: 2027, expiryConfirmed: false });
    await renew('3', 2029, { orderAmount: '-1' });
    expect(await state()).toMatchObject({ year: 2027 });
  });

  test('trialToFormal: the expiry that was sent, unless a renewal was applied before', async () => {
    const { renew, state } = await anInstance();
    await renew('1', 2028, { trialToFormal: '1' });
    expect(await state()).toMatchObject({ year: 2028, expiryConfirmed: true });
    await renew('2', 2030, { orderAmount: '1' });
    await renew('3', 2027, { trialToFormal: '1' });
    expect(await state()).toMatchObject({ year: 2030 });
  });

  test('refreshLicense tells no amount', async () => {
    const { renew, state } = await anInstance();
    expect(await renew('1', 2027, { activity: 'refreshLicense', periodType: 'year', periodNumber: '1' })).toBe(
      '000000',
    );
    expect(await state()).toMatchObject({ year: 2027 });
  });
});

test('an order is applied once for each expiry (R25)', async () => {
  const { renew, state } = await anInstance();
  await renew('1', 2027);
  await renew('2', 2029);
  expect(await renew('1', 2027)).toBe('000000');
  expect(await state()).toMatchObject({ year: 2029 });
  // The cancellation of a renewal comes under the number of that renewal.
  expect(await renew('2', 2027)).toBe('000000');
  expect(await state()).toMatchObject({ year: 2027 });
});

test('an order that was applied to another instance is a conflict (R15)', async () => {
  const [one, two] = [await anInstance(), await anInstance()];
  const store = v1Store(seller());
  expect(await one.send(refresh(one.instanceId, 'CS-shared', '20270101000000'))).toBe('000000');
  const answer = await store.get(refresh(two.instanceId, 'CS-shared', '20270101000000'));
  expect(answer).toMatchObject({ resultCode: '000002', resultMsg: expect.stringMatching(/^instanceId: /) });
  expect(await two.state()).toMatchObject({ year: null });
});

describe('no call of V1 lifts the freeze of an expiry, so a renewal does (R25)', () => {
  test.each([{}, { orderAmount: '1' }])('renewed with %j', async (more) => {
    const { about: call, renew, state } = await anInstance();
    await call('expireInstance');
    expect(await state()).toMatchObject({ status: 'FROZEN' });
    expect(await renew('1', 2028, more)).toBe('000000');
    expect(await state()).toMatchObject({ status: 'ACTIVE', year: 2028 });
  });

  test('a cancellation does not', async () => {
    const { about: call, renew, state } = await anInstance();
    await call('expireInstance');
    await renew('1', 2028, { orderAmount: '-1' });
    expect(await state()).toMatchObject({ status: 'FROZEN' });
  });

  test('nor a renewal that the expiry overtook', async () => {
    const { instanceId, about: call, state } = await anInstance();
    await call('expireInstance');
    const late = { time: seller().clock.now - 1_000 };
    await v1Store(seller()).get(refresh(instanceId, 'CS-late', '20280101000000'), late);
    expect(await state()).toMatchObject({ status: 'FROZEN', year: 2028 });
  });
});

test('after a release only what was applied is success (R18)', async () => {
  const { about: call, renew, state } = await anInstance();
  await renew('1', 2027);
  await call('releaseInstance');
  expect(await renew('1', 2027)).toBe('000000');
  expect(await renew('2', 2028)).toBe('000003');
  expect(await state()).toMatchObject({ status: 'RELEASED', year: 2027 });
});

test('an instance that nobody knows (R19)', async () => {
  expect((await v1Store(seller()).get(refresh('unknown', 'CS-x', '20270101000000'))).resultCode).toBe('000003');
});
