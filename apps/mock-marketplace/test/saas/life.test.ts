import { expect, test } from 'vitest';
import { advance, instanceOf, ok, ordered, type RunningMarket, startMarket } from '../running-market.ts';
import { says, takesIt } from '../stub-seller.ts';

/** The life of an instance behind its opening. */

const placed = async (market: RunningMarket, orderId: string) =>
  ok(await market.control.order({ params: { orderId } }));

const last = (market: RunningMarket) => market.seller.calls.at(-1)?.message;

test('it is frozen at its expiry and released behind grace and retention', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-monthly', customerLevel: 'V5' });
  const { expiresAt } = await instanceOf(market, id);
  ok(await market.control.moveClock({ body: { to: expiresAt ?? '' } }));
  expect(last(market)).toEqual({ activity: 'updateInstanceStatus', instanceId: id, status: 'FREEZE', testFlag: '0' });
  expect(await instanceOf(market, id)).toMatchObject({ status: 'FROZEN' });
  await advance(market, 'P21D');
  expect(await instanceOf(market, id)).toMatchObject({ status: 'FROZEN' });
  await advance(market, 'P1D');
  expect(last(market)).toEqual({ activity: 'releaseInstance', instanceId: id, testFlag: '0' });
  expect(await instanceOf(market, id)).toMatchObject({ status: 'RELEASED', next: null });
});

test('FREEZE_INSTANCES_AFTER=grace freezes a day later', async () => {
  const market = await startMarket({ FREEZE_INSTANCES_AFTER: 'grace' });
  const { id } = await ordered(market, { product: 'saas-monthly' });
  const { expiresAt } = await instanceOf(market, id);
  ok(await market.control.moveClock({ body: { to: expiresAt ?? '' } }));
  expect(await instanceOf(market, id)).toMatchObject({ status: 'EXPIRED' });
  await advance(market, 'P1D');
  expect(last(market)).toMatchObject({ activity: 'updateInstanceStatus', status: 'FREEZE' });
});

test('a renewal of a frozen one tells the new expiry, then unfreezes', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-monthly', customerLevel: 'V3' });
  await advance(market, 'P32D');
  const { orderId } = ok(await market.control.renewInstance({ params: { id }, body: { periods: 2 } }));
  expect(market.seller.heard().slice(-2)).toEqual(['refreshInstance RENEWAL', 'updateInstanceStatus UNFREEZE']);
  expect(await instanceOf(market, id)).toMatchObject({ status: 'ACTIVE' });
  expect(await placed(market, orderId)).toMatchObject({ type: 'RENEW', status: 'COMPLETED', amount: 200 });
});

test('a renewal with another period tells the product of that period', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-monthly' });
  ok(await market.control.renewInstance({ params: { id }, body: { period: 'year' } }));
  expect(last(market)).toMatchObject({ scene: 'RENEWAL', productId: 'MOCKSAAS0001-YEAR' });
  expect(await instanceOf(market, id)).toMatchObject({ productId: 'MOCKSAAS0001-YEAR' });
  ok(await market.control.cancelInstanceRenewal({ params: { id }, body: {} }));
  expect(last(market)).toMatchObject({ scene: 'UNSUBSCRIBE_RENEWAL_PERIOD', productId: 'MOCKSAAS0001-MONTH' });
  const orders = ok(await market.control.orders({ query: { subscription: (await instanceOf(market, id)).resource } }));
  expect(orders.map(({ type, amount }) => [type, amount])).toEqual([
    ['NEW', 100],
    ['RENEW', 1000],
    ['UNSUBSCRIBE', -1000],
  ]);
});

test('a renewal that changes the product asks first, and is not ordered when the seller refuses', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-monthly' });
  const wish = { product: 'saas-premium-monthly', quantity: 3 };
  market.seller.answer((response, call, index) =>
    call.message['activity'] === 'changeInstanceCheck'
      ? says(response, '000002', 'too full')
      : takesIt(response, call, index),
  );
  const before = await instanceOf(market, id);
  const refused = await market.control.renewInstance({ params: { id }, body: wish });
  expect(refused).toMatchObject({ status: 409, body: { error: expect.stringContaining('refused the change check') } });
  expect(last(market)).toMatchObject({ activity: 'changeInstanceCheck', instanceId: id });
  expect(await instanceOf(market, id)).toEqual(before);
  market.seller.answer(takesIt);
  ok(await market.control.renewInstance({ params: { id }, body: wish }));
  expect(market.seller.calls.at(-2)?.message).toMatchObject({
    activity: 'changeInstanceCheck',
    productInfo: [{ productId: 'MOCKSAAS0002-MONTH', linearValue: 3, skuCode: expect.any(String) }],
  });
  expect(last(market)).toMatchObject({
    activity: 'refreshInstance',
    scene: 'RENEWAL_CHANGE',
    productId: 'MOCKSAAS0002-MONTH',
  });
});

test('a trial becomes formal, and is neither renewed, refunded nor upgraded before', async () => {
  const market = await startMarket();
  const { id, orderId } = await ordered(market, { product: 'saas-monthly', trial: true });
  expect(await placed(market, orderId)).toMatchObject({ type: 'TRIAL', status: 'COMPLETED', amount: 0 });
  const { expiresAt, openedAt } = await instanceOf(market, id);
  expect(Date.parse(expiresAt ?? '') - Date.parse(openedAt ?? '')).toBe(15 * 86_400_000);
  const { control } = market;
  expect((await control.renewInstance({ params: { id }, body: {} })).status).toBe(409);
  expect((await control.unsubscribeInstance({ params: { id }, body: {} })).status).toBe(409);
  expect((await control.upgrade({ params: { id }, body: { quantity: 2 } })).status).toBe(409);
  await advance(market, 'P10D');
  const formal = ok(await control.toFormal({ params: { id }, body: { period: 'year' } }));
  expect(last(market)).toMatchObject({
    activity: 'refreshInstance',
    scene: 'TRIAL_TO_FORMAL',
    orderId: formal.orderId,
    productId: 'MOCKSAAS0001-YEAR',
  });
  expect(await placed(market, formal.orderId)).toMatchObject({
    type: 'TRIAL_TO_FORMAL',
    status: 'COMPLETED',
    amount: 1000,
  });
  expect(await instanceOf(market, id)).toMatchObject({ trial: false, status: 'ACTIVE' });
  expect((await control.toFormal({ params: { id }, body: {} })).status).toBe(409);
});

test('a trial that nobody makes formal is frozen and released', async () => {
  const market = await startMarket();
  await ordered(market, { trial: true });
  await advance(market, 'P20D');
  expect(market.seller.heard()).toEqual([
    'newInstance',
    'queryInstance',
    'updateInstanceStatus FREEZE',
    'releaseInstance',
  ]);
});

test('an upgrade changes the product once the seller has done it, for the difference in price', async () => {
  const market = await startMarket();
  const { id } = await ordered(market);
  market.seller.answer((response) => says(response, '000005'));
  const { orderId, orderLineId } = ok(
    await market.control.upgrade({ params: { id }, body: { product: 'saas-premium-yearly' } }),
  );
  expect(last(market)).toEqual({ activity: 'upgradeInstance', instanceId: id, orderId, orderLineId, testFlag: '0' });
  expect(await instanceOf(market, id)).toMatchObject({ productId: 'MOCKSAAS0001-YEAR' });
  market.seller.answer(takesIt);
  await advance(market, 'PT1H');
  expect(await instanceOf(market, id)).toMatchObject({ productId: 'MOCKSAAS0002-YEAR' });
  expect(await placed(market, orderId)).toMatchObject({ type: 'CHANGE', status: 'COMPLETED', amount: 1500 });
});

test('an upgrade that is never taken fails and is refunded; the instance stays as it was', async () => {
  const market = await startMarket();
  const { id } = await ordered(market);
  market.seller.answer((response) => says(response, '000005'));
  const { orderId } = ok(await market.control.upgrade({ params: { id }, body: { quantity: 2 } }));
  await advance(market, 'PT3H');
  expect(await placed(market, orderId)).toMatchObject({ status: 'FAILED', amount: 1000 });
  expect(await instanceOf(market, id)).toMatchObject({ status: 'ACTIVE', quantity: 1 });
  const { resource } = await instanceOf(market, id);
  const refund = ok(await market.control.orders({ query: { subscription: resource } })).at(-1);
  expect(refund).toMatchObject({ type: 'UNSUBSCRIBE', status: 'COMPLETED', amount: -1000 });
});

test.each([
  [{ product: 'saas-once' }, 422],
  [{ product: 'saas-yearly' }, 422],
  [{ product: 'saas-premium-monthly' }, 422],
  [{ product: 'no-such' }, 404],
])('an upgrade to %j is answered %i', async (body, status) => {
  const market = await startMarket();
  const { id } = await ordered(market);
  expect((await market.control.upgrade({ params: { id }, body })).status).toBe(status);
});

test('it is refunded without a reason for five days from its opening', async () => {
  const market = await startMarket();
  const [early, late] = [await ordered(market), await ordered(market)];
  await advance(market, 'P5D');
  const { orderId } = ok(await market.control.unsubscribeInstance({ params: { id: early.id }, body: {} }));
  expect(last(market)).toEqual({
    activity: 'releaseInstance',
    instanceId: early.id,
    orderId,
    orderLineId: `${orderId}-000001`,
    testFlag: '0',
  });
  expect(await placed(market, orderId)).toMatchObject({ type: 'UNSUBSCRIBE', status: 'COMPLETED', amount: -1000 });
  await advance(market, 'PT1S');
  const refused = await market.control.unsubscribeInstance({ params: { id: late.id }, body: {} });
  expect(refused).toMatchObject({ status: 409, body: { error: expect.stringContaining('five days') } });
});

test('what is paid by use has no end and can be left at any time', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-on-demand' });
  await advance(market, 'P2Y');
  expect(await instanceOf(market, id)).toMatchObject({ status: 'ACTIVE', expiresAt: null, next: null });
  expect((await market.control.renewInstance({ params: { id }, body: {} })).status).toBe(409);
  ok(await market.control.unsubscribeInstance({ params: { id }, body: {} }));
  expect(await instanceOf(market, id)).toMatchObject({ status: 'RELEASED' });
});

test('an automatic renewal is debited at 03:00 seven days before the expiry, each period anew', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-monthly' });
  const { expiresAt } = await instanceOf(market, id);
  const on = ok(await market.control.autoRenewInstance({ params: { id }, body: { on: true } }));
  const debit = new Date(Date.parse(expiresAt ?? '') - 7 * 86_400_000);
  debit.setUTCHours(3, 0, 0, 0);
  expect(on.next).toEqual({ kind: 'RENEW', at: debit.toISOString() });
  await advance(market, 'P1Y');
  expect(market.seller.heard().slice(2)).toEqual(Array(12).fill('refreshInstance RENEWAL'));
  ok(await market.control.autoRenewInstance({ params: { id }, body: { on: false } }));
  await advance(market, 'P60D');
  expect(market.seller.heard().slice(-2)).toEqual(['updateInstanceStatus FREEZE', 'releaseInstance']);
});

test('a violation freezes beside the life cycle', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-monthly', customerLevel: 'V3' });
  expect(ok(await market.control.freezeInstance({ params: { id }, body: {} }))).toMatchObject({ status: 'FROZEN' });
  expect((await market.control.freezeInstance({ params: { id }, body: {} })).status).toBe(409);
  await advance(market, 'P32D'); // the expiry freezes what is frozen, silently
  ok(await market.control.renewInstance({ params: { id }, body: {} }));
  expect(await instanceOf(market, id)).toMatchObject({ status: 'FROZEN', violation: true });
  expect(ok(await market.control.unfreezeInstance({ params: { id }, body: {} }))).toMatchObject({ status: 'ACTIVE' });
  expect(market.seller.heard().slice(2)).toEqual([
    'updateInstanceStatus FREEZE',
    'refreshInstance RENEWAL',
    'updateInstanceStatus UNFREEZE',
  ]);
});

test('the look at the resource details asks at once, and tells where the buyer finds it', async () => {
  const market = await startMarket();
  const { id } = await ordered(market);
  expect(ok(await market.control.look({ params: { id }, body: {} }))).toEqual({
    succeeded: true,
    reason: null,
    frontEndUrl: `https://app.example.com/${id}`,
  });
  market.seller.answer((response) => says(response, '000003', 'what?'));
  expect(ok(await market.control.look({ params: { id }, body: {} }))).toMatchObject({
    succeeded: false,
    reason: expect.stringContaining('000003'),
  });
  await advance(market, 'P1D');
  expect(market.seller.calls).toHaveLength(4); // nobody repeats a look
});

test('orders of a product with order notice are announced before they are carried out', async () => {
  const market = await startMarket();
  const { id, orderId, orderLineId } = await ordered(market, { product: 'saas-announced-monthly' });
  expect(market.seller.heard()).toEqual(['orderNotify', 'newInstance', 'queryInstance']);
  expect(market.seller.calls[0]).toMatchObject({
    message: { activity: 'orderNotify', orderId, orderLineId, testFlag: '0' },
    token: { ok: true, keyId: 'general-1' },
  });
  market.seller.answer((response, call, index) =>
    call.message['activity'] === 'orderNotify' ? says(response, '000005') : takesIt(response, call, index),
  );
  const renewal = ok(await market.control.renewInstance({ params: { id }, body: {} }));
  await advance(market, 'P1D');
  const [notice] = ok(await market.control.messages({ query: { orderId: renewal.orderId, activity: 'orderNotify' } }));
  expect(notice).toMatchObject({ status: 'STOPPED', retries: { done: 3, limit: 3 } });
  expect(await placed(market, renewal.orderId)).toMatchObject({ status: 'COMPLETED' });
});

test.each([
  ['refreshInstance', 'saas-monthly', 1, 60],
  ['refreshInstance', 'online-license-monthly', 60, 2],
])('a failing %s of %s is repeated %i times, every %i minutes', async (activity, product, repeats, minutes) => {
  const market = await startMarket();
  const { id } = await ordered(market, { product });
  market.seller.answer((response) => says(response, '000005'));
  ok(await market.control.renewInstance({ params: { id }, body: {} }));
  await advance(market, 'P1D');
  const [message] = ok(await market.control.messages({ query: { instanceId: id, activity: 'refreshInstance' } }));
  expect(message).toMatchObject({ activity, status: 'STOPPED', retries: { done: repeats, limit: repeats } });
  const times = message?.attempts.map(({ at }) => Date.parse(at)) ?? [];
  expect(times.slice(1).map((at, index) => at - (times[index] ?? 0))).toEqual(Array(repeats).fill(minutes * 60_000));
});

test('a renewal that is taken back is not delivered any more', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-monthly' });
  const { expiresAt } = await instanceOf(market, id);
  market.seller.answer((response) => says(response, '000005'));
  const { orderId } = ok(await market.control.renewInstance({ params: { id }, body: {} }));
  market.seller.answer(takesIt);
  ok(await market.control.cancelInstanceRenewal({ params: { id }, body: {} }));
  await advance(market, 'PT3H');
  expect(market.seller.heard().slice(2)).toEqual([
    'refreshInstance RENEWAL',
    'refreshInstance UNSUBSCRIBE_RENEWAL_PERIOD',
  ]);
  expect(await instanceOf(market, id)).toMatchObject({ expiresAt });
  expect(await placed(market, orderId)).toMatchObject({ status: 'FAILED' });
});

test('an order shows the end of its periods where they have moved to', async () => {
  const market = await startMarket();
  const { id, orderId } = await ordered(market, { product: 'saas-monthly', pay: false });
  await advance(market, 'P20D');
  ok(await market.control.pay({ params: { orderId }, body: {} }));
  const { expiresAt } = await instanceOf(market, id);
  expect(await placed(market, orderId)).toMatchObject({ expiresAt });
});

test('while an upgrade waits for the seller, no other change is placed upon it', async () => {
  const market = await startMarket();
  const { id } = await ordered(market);
  ok(await market.control.renewInstance({ params: { id }, body: {} }));
  market.seller.answer((response) => says(response, '000005'));
  ok(await market.control.upgrade({ params: { id }, body: { quantity: 5 } }));
  market.seller.answer(takesIt);
  const { control } = market;
  const refused = [
    await control.upgrade({ params: { id }, body: { quantity: 7 } }),
    await control.renewInstance({ params: { id }, body: { quantity: 2 } }),
    await control.cancelInstanceRenewal({ params: { id }, body: {} }),
    await control.unsubscribeInstance({ params: { id }, body: {} }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([409, 409, 409, 409]);
  await advance(market, 'PT1H');
  expect(await instanceOf(market, id)).toMatchObject({ quantity: 5 });
  ok(await control.upgrade({ params: { id }, body: { quantity: 7 } }));
  expect(await instanceOf(market, id)).toMatchObject({ quantity: 7 });
});

test('what was upgraded stays so when a renewal is taken back, and a renewal takes its quantity with it', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-monthly' });
  ok(await market.control.renewInstance({ params: { id }, body: { period: 'year' } }));
  ok(await market.control.cancelInstanceRenewal({ params: { id }, body: {} }));
  ok(await market.control.renewInstance({ params: { id }, body: {} }));
  ok(await market.control.upgrade({ params: { id }, body: { product: 'saas-premium-monthly' } }));
  ok(await market.control.cancelInstanceRenewal({ params: { id }, body: {} }));
  expect(await instanceOf(market, id)).toMatchObject({ productId: 'MOCKSAAS0002-MONTH', quantity: 1 });
  ok(await market.control.renewInstance({ params: { id }, body: { quantity: 3 } }));
  expect(await instanceOf(market, id)).toMatchObject({ quantity: 3 });
  ok(await market.control.cancelInstanceRenewal({ params: { id }, body: {} }));
  expect(await instanceOf(market, id)).toMatchObject({ quantity: 1 });
});
