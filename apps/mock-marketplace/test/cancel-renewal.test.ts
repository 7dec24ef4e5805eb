import { expect, test } from 'vitest';
import { advance, bought, licenseOf, ok, startMarket } from './running-market.ts';

test('a cancellation takes the latest renewal back and tells the earlier expiry', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  ok(await market.control.renew({ params: { code }, body: {} }));
  const once = await licenseOf(market, code);
  ok(await market.control.renew({ params: { code }, body: {} }));
  const { orderId, orderLineId } = ok(await market.control.cancelRenewal({ params: { code }, body: {} }));
  const after = await licenseOf(market, code);
  expect(after.expiresAt).toBe(once.expiresAt);
  expect(after.orders).toEqual(once.orders);
  expect(market.seller.calls.at(-1)?.message).toMatchObject({
    scene: 'UNSUBSCRIBE_RENEWAL_PERIOD',
    orderId,
    orderLineId,
    expireTime: once.expiresAt.slice(0, 19).replaceAll(/\D/g, ''),
  });
  expect(ok(await market.control.order({ params: { orderId } }))).toMatchObject({
    type: 'UNSUBSCRIBE',
    status: 'COMPLETED',
  });
});

test('each renewal is cancelled once, and the purchase never', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  const bare = await licenseOf(market, code);
  ok(await market.control.renew({ params: { code }, body: {} }));
  ok(await market.control.cancelRenewal({ params: { code }, body: {} }));
  expect(await market.control.cancelRenewal({ params: { code }, body: {} })).toMatchObject({
    status: 409,
    body: { error: expect.stringContaining('no renewal') },
  });
  expect((await licenseOf(market, code)).expiresAt).toBe(bare.expiresAt);
});

test('a renewal whose period has begun stays', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  const { expiresAt } = await licenseOf(market, code);
  ok(await market.control.renew({ params: { code }, body: {} }));
  ok(await market.control.moveClock({ body: { to: expiresAt } }));
  expect(await market.control.cancelRenewal({ params: { code }, body: {} })).toMatchObject({ status: 409 });
});

test('a cancelled change of period gives the old product back', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market, 'license-yearly');
  const renewal = ok(await market.control.renew({ params: { code }, body: { period: 'month' } }));
  const cancellation = ok(await market.control.cancelRenewal({ params: { code }, body: {} }));
  expect(await licenseOf(market, code)).toMatchObject({ productId: 'MOCKLICENSE0001-YEAR' });
  for (const { orderId } of [renewal, cancellation]) {
    const order = ok(await market.control.order({ params: { orderId } }));
    expect(order).toMatchObject({ license: code, productId: 'MOCKLICENSE0001-MONTH', quantity: 1 });
  }
});

test('the code is frozen and released by its earlier expiry', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  ok(await market.control.renew({ params: { code }, body: {} }));
  ok(await market.control.cancelRenewal({ params: { code }, body: {} }));
  await advance(market, 'P368D');
  expect(await licenseOf(market, code)).toMatchObject({ status: 'RELEASED' });
});
