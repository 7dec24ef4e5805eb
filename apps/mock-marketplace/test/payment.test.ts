import { expect, test } from 'vitest';
import { advance, instanceOf, ok, ordered, startMarket } from './running-market.ts';

/** An order that is not paid at once. */

test('nothing is called, and nothing can be done with it, until it is paid', async () => {
  const market = await startMarket();
  const { id, orderId } = await ordered(market, { product: 'saas-announced-monthly', pay: false });
  await advance(market, 'P1Y');
  expect(market.seller.calls).toEqual([]);
  expect(await instanceOf(market, id)).toMatchObject({ status: 'UNPAID', next: null });
  expect((await market.control.renewInstance({ params: { id }, body: {} })).status).toBe(409);
  expect(ok(await market.control.order({ params: { orderId } })).status).toBe('PENDING_PAYMENT');
  ok(await market.control.pay({ params: { orderId }, body: {} }));
  expect(market.seller.heard()).toEqual(['orderNotify', 'newInstance', 'queryInstance']);
  const { now } = ok(await market.control.clock());
  expect(await instanceOf(market, id)).toMatchObject({ status: 'ACTIVE', openedAt: now });
  expect((await market.control.pay({ params: { orderId }, body: {} })).status).toBe(409);
  expect((await market.control.cancel({ params: { orderId }, body: {} })).status).toBe(409);
});

test('an order that is cancelled is over, and a code that is not paid is neither claimed nor activated', async () => {
  const market = await startMarket();
  const { license = '', orderId } = ok(await market.control.buy({ body: { product: 'license-yearly', pay: false } }));
  expect((await market.control.claim({ params: { code: license }, body: {} })).status).toBe(409);
  expect(ok(await market.control.cancel({ params: { orderId }, body: {} })).status).toBe('CANCELLED');
  expect(ok(await market.control.license({ params: { code: license } })).status).toBe('RELEASED');
  expect((await market.control.pay({ params: { orderId }, body: {} })).status).toBe(409);
});
