import { expect, test } from 'vitest';
import { advance, bought, ok, startMarket } from './running-market.ts';
import { says } from './stub-seller.ts';

test('messages are found by code, activity, status and order, oldest first, page by page', async () => {
  const market = await startMarket();
  const { license: one } = await bought(market);
  const { license: two } = await bought(market);
  ok(await market.control.renew({ params: { code: one }, body: {} }));
  market.seller.answer((response) => says(response, '000003'));
  const { orderId } = ok(await market.control.renew({ params: { code: two }, body: {} }));
  await advance(market, 'P3Y');
  type Query = NonNullable<NonNullable<Parameters<typeof market.control.messages>[0]>['query']>;
  const ids = async (query: Query): Promise<string[]> =>
    ok(await market.control.messages({ query })).map(({ id }) => id);

  expect(await ids({})).toEqual(['1', '2', '3', '4', '5', '6']);
  expect(await ids({ license: one })).toEqual(['1', '3', '5']);
  expect(await ids({ activity: 'releaseLicenseCode' })).toEqual(['5', '6']);
  expect(await ids({ status: 'SUCCEEDED' })).toEqual(['1']);
  expect(await ids({ license: two, status: 'STOPPED', activity: 'refreshLicenseCode' })).toEqual(['2']);
  expect(await ids({ orderId })).toEqual(['2']);
  expect(await ids({ after: 2, limit: 2 })).toEqual(['3', '4']);
  expect(await ids({ license: 'PLUNKNOWN' })).toEqual([]);
});
