import { expect, test } from 'vitest';
import { ok, ordered, startMarket } from '../running-market.ts';

/** What is sold, to whom, and whether it still is. */

const added = {
  product: 'saas-daily',
  listing: 'saas',
  productId: 'DAILY-1',
  skuCode: 'SKU-DAILY',
  productName: 'By the day',
  access: 'SAAS',
  period: 'day',
  price: 3,
} as const;

test('a product can be added, changed, bought and removed', async () => {
  const { control, ...market } = await startMarket();
  const params = { product: added.product };
  ok(await control.saveProduct({ params, body: added }));
  ok(await control.saveProduct({ params, body: { ...added, price: 4 } }));
  const { orderId } = await ordered({ control, ...market }, { product: 'saas-daily', periods: 7, quantity: 2 });
  expect(ok(await control.order({ params: { orderId } }))).toMatchObject({ amount: 56, productId: 'DAILY-1' });
  ok(await control.removeProduct({ params, body: {} }));
  expect((await control.buy({ body: { product: 'saas-daily' } })).status).toBe(404);
});

test.each([
  ['a period that is none', { period: null }, 400],
  ['a trial of 2 days', { trialDays: 2 }, 400],
  ['a credential of no joint-operation product', { application: 'app-1' }, 400],
  ['a productId that is taken', { productId: 'MOCKSAAS0001-YEAR' }, 409],
  ['another name than the path', { product: 'other' }, 422],
])('%s is refused', async (_, change, status) => {
  const { control } = await startMarket();
  const answer = await control.saveProduct({ params: { product: added.product }, body: { ...added, ...change } });
  expect(answer).toMatchObject({ status, body: { error: expect.stringMatching(/\S/) } });
});

test('what is not on sale cannot be bought, and goes on otherwise', async () => {
  const market = await startMarket();
  const { id } = await ordered(market);
  ok(await market.control.setSale({ params: { listing: 'saas' }, body: { sale: 'SUSPENDED' } }));
  expect(await market.control.buy({ body: { product: 'saas-monthly' } })).toMatchObject({
    status: 409,
    body: { error: expect.stringContaining('not on sale') },
  });
  ok(await market.control.renewInstance({ params: { id }, body: {} }));
  expect((await market.control.setSale({ params: { listing: 'none' }, body: { sale: 'ON_SALE' } })).status).toBe(404);
});

test('a customer of our own buys at their own level', async () => {
  const market = await startMarket();
  const customer = { customer: 'acme', name: 'Acme', level: 'V4' } as const;
  ok(await market.control.saveCustomer({ params: { customer: 'acme' }, body: customer }));
  const { id } = await ordered(market, { customer: 'acme' });
  expect(ok(await market.control.instance({ params: { id } }))).toMatchObject({
    customer: 'acme',
    customerLevel: 'V4',
  });
  expect((await market.control.buy({ body: { product: 'saas-yearly', customer: 'nobody' } })).status).toBe(404);
  const both = await market.control.buy({
    body: { product: 'saas-yearly', customer: 'acme', customerLevel: 'V1' },
  });
  expect(both).toMatchObject({ status: 400, body: { error: expect.stringContaining('customerLevel') } });
});

test.each([
  ['saas-once', { periods: 2 }, 422],
  ['saas-once', { trial: true }, 409],
  ['license-yearly', { trial: true }, 409],
])('%s with %j is answered %i', async (product, wish, status) => {
  const { control } = await startMarket();
  expect((await control.buy({ body: { product, ...wish } })).status).toBe(status);
});
