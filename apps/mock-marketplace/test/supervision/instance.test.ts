import { expect, test } from 'vitest';
import { Product } from '../../src/catalogue/product.ts';
import { advance, instanceOf, ok, ordered, startMarket } from '../running-market.ts';
import { says, takesIt } from '../stub-seller.ts';

const product = Product.parse({
  product: 'saas-supervised',
  listing: 'saas-supervised',
  productId: 'SUPERVISED-MONTH',
  skuCode: 'supervised',
  productName: 'Supervised SaaS',
  access: 'SAAS',
  period: 'month',
  price: 100,
  trialDays: 10,
  supervised: true,
});

const supervised = async (trial = false) => {
  const market = await startMarket();
  const { control } = market;
  ok(await control.saveProduct({ params: { product: product.product }, body: product }));
  const { orderId, id, subscription } = await ordered(market, { product: product.product, trial });
  const params = { orderId };
  return {
    market,
    control,
    orderId,
    params,
    id,
    subscription,
    view: async () => ok(await control.supervision({ params })),
    order: async () => ok(await control.order({ params })).status,
    instance: () => instanceOf(market, subscription),
    /** Up to the delivery. */
    agreed: async () => {
      ok(await control.submitRequirement({ params, body: { requirement: 'as in the statement of work' } }));
      ok(await control.confirmRequirement({ params, body: {} }));
    },
  };
};

test('a requirement, its confirmation, a delivery and its acceptance complete the order', async () => {
  const { market, control, params, view, order, agreed } = await supervised();
  expect(await view()).toMatchObject({ flow: 'STANDARD', node: 'SUBMIT_REQUIREMENT', steps: ['submit'] });
  await agreed();
  expect((await view()).node).toBe('DELIVER');
  ok(await control.deliver({ params, body: { evidence: 'report' } }));
  expect(await view()).toMatchObject({ node: 'ACCEPT', steps: ['accept', 'reject'] });
  expect(await order()).toBe('PROCESSING');
  ok(await control.acceptDelivery({ params, body: {} }));
  expect(await order()).toBe('PROCESSING');
  await advance(market, 'PT3H');
  expect([(await view()).node, await order()]).toEqual(['DONE', 'COMPLETED']);
});

test('both sides may reject what the other did', async () => {
  const { control, params, view, agreed } = await supervised();
  const reject = async (reason: string) => ok(await control.rejectDelivery({ params, body: { reason } })).node;
  ok(await control.submitRequirement({ params, body: {} }));
  expect(await reject('unclear')).toBe('SUBMIT_REQUIREMENT');
  await agreed();
  ok(await control.deliver({ params, body: {} }));
  expect(await reject('incomplete')).toBe('DELIVER');
  ok(await control.deliver({ params, body: {} }));
  ok(await control.acceptDelivery({ params, body: {} }));
  expect((await view()).history.filter(({ what }) => what === 'reject').map(({ text }) => text)).toEqual([
    'unclear',
    'incomplete',
  ]);
  expect(await control.rejectDelivery({ params, body: { reason: 'late' } })).toMatchObject({ status: 409 });
});

test('the period begins with the acceptance', async () => {
  const { market, control, params, instance, agreed } = await supervised();
  await agreed();
  ok(await control.deliver({ params, body: {} }));
  await advance(market, 'P10D');
  ok(await control.acceptDelivery({ params, body: {} }));
  const { now } = ok(await control.clock());
  const days = (Date.parse((await instance()).expiresAt ?? '') - Date.parse(now)) / 86_400_000;
  expect(days).toBeGreaterThanOrEqual(28);
  expect(days).toBeLessThanOrEqual(31);
});

test('or with the actual opening date that the seller gave', async () => {
  const { market, control, params, instance, agreed } = await supervised();
  await agreed();
  const before = (await instance()).expiresAt;
  const openingDate = (await instance()).openedAt ?? '';
  await advance(market, 'P10D');
  ok(await control.deliver({ params, body: { openingDate } }));
  await advance(market, 'P5D');
  ok(await control.acceptDelivery({ params, body: {} }));
  expect((await instance()).expiresAt).toBe(before);
});

test.each([
  ['before the order', -86_400_000],
  ['in the future', 86_400_000],
])('an opening date %s is refused', async (_, offset) => {
  const { control, params, agreed, view } = await supervised();
  await agreed();
  const { now } = ok(await control.clock());
  const openingDate = new Date(Date.parse(now) + offset).toISOString();
  expect(await control.deliver({ params, body: { openingDate } })).toMatchObject({ status: 422 });
  expect((await view()).node).toBe('DELIVER');
});

test('what expired before its acceptance is unfrozen by it', async () => {
  const { market, control, params, instance, agreed } = await supervised();
  await agreed();
  ok(await control.deliver({ params, body: {} }));
  const { expiresAt } = await instance();
  ok(await control.moveClock({ body: { to: expiresAt ?? '' } }));
  expect((await instance()).status).toBe('FROZEN');
  ok(await control.acceptDelivery({ params, body: {} }));
  expect((await instance()).status).toBe('ACTIVE');
  expect(market.seller.heard().slice(-2)).toEqual(['updateInstanceStatus FREEZE', 'updateInstanceStatus UNFREEZE']);
});

test('nothing is delivered before the instance is there', async () => {
  const market = await startMarket();
  ok(await market.control.saveProduct({ params: { product: product.product }, body: product }));
  market.seller.answer((response) => says(response, '000005'));
  const { orderId } = await ordered(market, { product: product.product });
  const params = { orderId };
  ok(await market.control.submitRequirement({ params, body: {} }));
  ok(await market.control.confirmRequirement({ params, body: {} }));
  const answer = await market.control.deliver({ params, body: {} });
  expect(answer).toMatchObject({ status: 409, body: { error: expect.stringContaining('not made the instance') } });
  market.seller.answer(takesIt);
  await advance(market, 'PT1H');
  expect(ok(await market.control.deliver({ params, body: {} })).node).toBe('ACCEPT');
});

test('an appeal is neither closed nor refunded before the instance is there', async () => {
  const market = await startMarket();
  ok(await market.control.saveProduct({ params: { product: product.product }, body: product }));
  market.seller.answer((response) => says(response, '000005'));
  const { orderId } = await ordered(market, { product: product.product });
  const params = { orderId };
  ok(await market.control.appeal({ params, body: { by: 'SELLER', reason: 'no answer' } }));
  for (const outcome of ['close', 'refund'] as const) {
    expect(await market.control.decideAppeal({ params, body: { outcome } })).toMatchObject({ status: 409 });
  }
  expect(ok(await market.control.supervision({ params })).appeal).not.toBeNull();
});

test('an order that fails takes its supervision with it', async () => {
  const market = await startMarket();
  ok(await market.control.saveProduct({ params: { product: product.product }, body: product }));
  market.seller.answer((response) => says(response, '000005'));
  const { orderId } = await ordered(market, { product: product.product });
  await advance(market, 'PT3H');
  expect(ok(await market.control.supervision({ params: { orderId } })).node).toBe('ENDED');
  expect(ok(await market.control.order({ params: { orderId } })).status).toBe('FAILED');
});

test('a refund is negotiated until the acceptance, also after five days, and not any more behind it', async () => {
  const first = await supervised();
  await advance(first.market, 'P10D');
  ok(await first.control.unsubscribeInstance({ params: { id: first.id }, body: {} }));
  expect((await first.view()).node).toBe('ENDED');

  const second = await supervised();
  await second.agreed();
  ok(await second.control.deliver({ params: second.params, body: {} }));
  const { orderId } = ok(
    await second.control.unsubscribeInstance({ params: { id: second.id }, body: { approval: 'manual' } }),
  );
  expect(await second.control.acceptDelivery({ params: second.params, body: {} })).toMatchObject({ status: 409 });
  ok(await second.control.reject({ params: { orderId }, body: {} }));
  ok(await second.control.acceptDelivery({ params: second.params, body: {} }));
  const late = await second.control.unsubscribeInstance({ params: { id: second.id }, body: {} });
  expect(late).toMatchObject({ status: 409, body: { error: expect.stringContaining('supervision is over') } });
});

test('a decided refund takes back an unsubscription that waited, and pays once', async () => {
  const { control, params, id, subscription } = await supervised();
  const waiting = ok(await control.unsubscribeInstance({ params: { id }, body: { approval: 'manual' } }));
  ok(await control.appeal({ params, body: { by: 'BUYER', reason: 'no word for weeks' } }));
  const word = await control.approve({ params: { orderId: waiting.orderId }, body: {} });
  expect(word).toMatchObject({ status: 409, body: { error: expect.stringContaining('appeal') } });
  ok(await control.decideAppeal({ params, body: { outcome: 'refund' } }));
  const orders = ok(await control.orders({ query: { subscription } }));
  expect(orders.map(({ type, status, amount }) => [type, status, amount])).toEqual([
    ['NEW', 'PROCESSING', 100],
    ['UNSUBSCRIBE', 'CANCELLED', -100],
    ['UNSUBSCRIBE', 'COMPLETED', -100],
  ]);
});

test('a trial is not supervised, nor is what it becomes', async () => {
  const { market, control, params, order, id } = await supervised(true);
  expect(await control.supervision({ params })).toMatchObject({ status: 404 });
  expect(await order()).toBe('COMPLETED');
  const formal = ok(await control.toFormal({ params: { id }, body: {} }));
  expect(await control.supervision({ params: { orderId: formal.orderId } })).toMatchObject({ status: 404 });
  expect(ok(await market.control.supervisions({ query: {} }))).toEqual([]);
});
