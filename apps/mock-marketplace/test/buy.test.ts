import { expect, test } from 'vitest';
import { bought, licenseOf, ok, startMarket } from './running-market.ts';

test('a purchase answers an order, its line and one code, and calls nobody', async () => {
  const market = await startMarket();
  const { orderId, orderLineId, license } = await bought(market);
  expect(orderId).toMatch(/^CS\d{10}[A-Z0-9]{10}$/);
  expect(orderLineId).toBe(`${orderId}-000001`);
  expect(license).toMatch(/^PL[A-Z0-9]{16}$/);
  expect(market.seller.calls).toEqual([]);
});

test('the code runs from the order, for the period of its product', async () => {
  const market = await startMarket();
  const { now } = ok(await market.control.clock());
  const yearly = await licenseOf(market, (await bought(market, 'license-yearly')).license);
  const monthly = await licenseOf(market, (await bought(market, 'license-monthly')).license);
  expect(yearly).toMatchObject({ status: 'ACTIVE', claimed: false, activatedAt: null, orderedAt: now });
  expect(new Date(yearly.expiresAt).getUTCFullYear()).toBe(new Date(now).getUTCFullYear() + 1);
  expect((Date.parse(monthly.expiresAt) - Date.parse(now)) / 86_400_000).toBeGreaterThanOrEqual(28);
  expect((Date.parse(monthly.expiresAt) - Date.parse(now)) / 86_400_000).toBeLessThanOrEqual(31);
});

test('the order can be looked at, and is processed until the code is activated', async () => {
  const market = await startMarket();
  const { orderId, license = '' } = ok(
    await market.control.buy({ body: { product: 'license-monthly', quantity: 5, customerLevel: 'V3' } }),
  );
  expect(ok(await market.control.order({ params: { orderId } }))).toMatchObject({
    type: 'NEW',
    status: 'PROCESSING',
    license,
    quantity: 5,
    productId: 'MOCKLICENSE0001-MONTH',
  });
  expect(await licenseOf(market, license)).toMatchObject({ quantity: 5, customerLevel: 'V3' });
});

test('what is not sold cannot be bought', async () => {
  const market = await startMarket();
  const answer = await market.control.buy({ body: { product: 'license-daily' } });
  expect(answer).toMatchObject({ status: 404, body: { error: expect.stringContaining('/control/products') } });
});

test('the period types of a specification are products of their own', async () => {
  const market = await startMarket();
  const products = ok(await market.control.products()).filter(({ listing }) => listing === 'license');
  expect(products.map(({ product }) => product)).toEqual(['license-yearly', 'license-monthly']);
  expect(new Set(products.map(({ skuCode }) => skuCode)).size).toBe(1);
  expect(new Set(products.map(({ productId }) => productId)).size).toBe(2);
});

test('codes are listed in the order of their purchase, page by page', async () => {
  const market = await startMarket();
  const codes: string[] = [];
  for (let count = 0; count < 3; count += 1) codes.push((await bought(market)).license);
  const all = ok(await market.control.licenses({ query: {} }));
  expect(all.map(({ code }) => code)).toEqual(codes);
  const rest = ok(await market.control.licenses({ query: { after: codes[0], limit: 1 } }));
  expect(rest.map(({ code }) => code)).toEqual([codes[1]]);
});
