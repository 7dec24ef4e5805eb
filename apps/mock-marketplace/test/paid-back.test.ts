import { expect, test } from 'vitest';
import { advance, ok, ordered, startMarket } from './running-market.ts';
import { says, takesIt } from './stub-seller.ts';

const refundOf = async (market: Awaited<ReturnType<typeof startMarket>>, id: string) => {
  const { orderId } = ok(await market.control.unsubscribeInstance({ params: { id }, body: {} }));
  return ok(await market.control.order({ params: { orderId } })).amount;
};

test('an unsubscription that the seller rejected paid nothing back', async () => {
  const market = await startMarket();
  const { id } = await ordered(market);
  const { orderId } = ok(await market.control.unsubscribeInstance({ params: { id }, body: { approval: 'manual' } }));
  ok(await market.control.reject({ params: { orderId }, body: {} }));
  expect(await refundOf(market, id)).toBe(-1000);
});

test('an upgrade that failed was paid and paid back', async () => {
  const market = await startMarket();
  const { id } = await ordered(market);
  market.seller.answer((response) => says(response, '000005'));
  ok(await market.control.upgrade({ params: { id }, body: { quantity: 2 } }));
  await advance(market, 'PT3H');
  market.seller.answer(takesIt);
  expect(await refundOf(market, id)).toBe(-1000);
});

test('a renewal that was cancelled is not paid back twice', async () => {
  const market = await startMarket();
  const { id } = await ordered(market);
  ok(await market.control.renewInstance({ params: { id }, body: {} }));
  ok(await market.control.cancelInstanceRenewal({ params: { id }, body: {} }));
  expect(await refundOf(market, id)).toBe(-1000);
});
