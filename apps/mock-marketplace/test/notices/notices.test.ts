import { expect, test } from 'vitest';
import { noticesKept } from '../../src/notices/queries.ts';
import { answering, memoryMarket } from '../memory-market.ts';
import { advance, bought, ok, ordered, type RunningMarket, startMarket } from '../running-market.ts';
import { says, takesIt } from '../stub-seller.ts';

type Query = NonNullable<NonNullable<Parameters<RunningMarket['control']['notices']>[0]>['query']>;
const notices = async (market: RunningMarket, query: Query = {}) => ok(await market.control.notices({ query }));
const kinds = async (market: RunningMarket) => (await notices(market)).map(({ kind }) => kind);

test('each failed attempt of a purchase is told, then that the order was unsubscribed', async () => {
  const market = await startMarket();
  market.seller.answer((response) => says(response, '000005', 'no room'));
  const { orderId } = await ordered(market);
  expect(await kinds(market)).toEqual(['CREATE_FAILED']);
  await advance(market, 'PT3H');
  expect(await kinds(market)).toEqual([...Array(4).fill('CREATE_FAILED'), 'ORDER_UNSUBSCRIBED']);
  const [first] = await notices(market);
  expect(first).toMatchObject({ listing: 'saas', orderId, storeType: 101, text: expect.stringContaining('no room') });
  const message = ok(await market.control.messages({ query: { orderId } }))[0];
  expect((await notices(market)).map(({ messageId }) => messageId)).toEqual(Array(5).fill(message?.id));
  expect((await notices(market)).at(-1)?.text).toContain(orderId);
});

test('of another call only the end of its repetitions is told', async () => {
  const market = await startMarket();
  const { license } = await bought(market);
  market.seller.answer((response) => says(response, '000005'));
  const { orderId } = ok(await market.control.renew({ params: { code: license }, body: {} }));
  await advance(market, 'PT1H58M');
  expect(await kinds(market)).toEqual(['RENEWED']);
  await advance(market, 'PT2M');
  expect(await kinds(market)).toEqual(['RENEWED', 'CALL_FAILED']);
  expect((await notices(market, { kind: 'CALL_FAILED' }))[0]).toMatchObject({
    listing: 'license',
    subscription: license,
    orderId,
    text: expect.stringMatching(/refreshLicenseCode .* restart the message/),
  });
});

test('what somebody waited for is not told', async () => {
  const market = await startMarket();
  const { id } = await ordered(market);
  market.seller.answer((response) => says(response, '000005'));
  ok(await market.control.look({ params: { id }, body: {} }));
  await market.control.renewInstance({ params: { id }, body: { quantity: 2 } });
  expect(market.seller.heard().slice(2)).toEqual(['queryInstance', 'changeInstanceCheck']);
  expect(await notices(market)).toEqual([]);
});

test('a buyer who unsubscribes or renews is told of', async () => {
  const market = await startMarket();
  const { license } = await bought(market);
  ok(await market.control.unsubscribe({ params: { code: license }, body: { approval: 'manual' } }));
  expect(await notices(market)).toMatchObject([
    { kind: 'UNSUBSCRIPTION_ASKED', subscription: license, text: expect.stringContaining('your word') },
  ]);
  const { license: other } = await bought(market);
  ok(await market.control.autoRenew({ params: { code: other }, body: { on: true } }));
  await advance(market, 'P1Y');
  expect((await notices(market, { kind: 'RENEWED' })).map(({ subscription }) => subscription)).toEqual([other]);
});

test('taking back a renewal is told as what it is', async () => {
  const market = await startMarket();
  const { license } = await bought(market);
  ok(await market.control.renew({ params: { code: license }, body: {} }));
  ok(await market.control.cancelRenewal({ params: { code: license }, body: {} }));
  const [told] = await notices(market, { kind: 'UNSUBSCRIPTION_ASKED' });
  expect(told?.text).toContain(`takes back the latest renewal of ${license}`);
});

test('notices are listed page by page, by listing and by order', async () => {
  const market = await startMarket();
  const { license } = await bought(market);
  const { orderId } = ok(await market.control.renew({ params: { code: license }, body: {} }));
  const { id } = await ordered(market);
  ok(await market.control.renewInstance({ params: { id }, body: {} }));
  expect((await notices(market, { listing: 'saas' })).map(({ subscription }) => subscription)).toHaveLength(1);
  expect((await notices(market, { orderId })).map((one) => one.orderId)).toEqual([orderId]);
  const [first] = await notices(market, { limit: 1 });
  expect((await notices(market, { after: Number(first?.id) })).map(({ listing }) => listing)).toEqual(['saas']);
});

test('the latest notices are kept, the oldest go', () => {
  const { records } = memoryMarket(
    0,
    answering(() => true),
  ).parts;
  for (let count = 0; count < noticesKept + 5; count += 1) {
    records.notices.add({ kind: 'RENEWED', text: String(count) }, count);
  }
  const kept = records.notices.list({ limit: noticesKept + 100 });
  expect(kept).toHaveLength(noticesKept);
  expect([kept[0]?.text, kept.at(-1)?.text]).toEqual(['5', String(noticesKept + 4)]);
});

const failedOrder = async (market: RunningMarket, product = 'saas-yearly') => {
  market.seller.answer((response) => says(response, '000005'));
  await ordered(market, { product });
  await advance(market, 'PT3H');
  market.seller.answer(takesIt);
};
const listing = async (market: RunningMarket, name = 'saas') =>
  ok(await market.control.listings()).find((one) => one.listing === name);

/** The clock at the beginning of the next month, so that a month is whole. */
const atMonth = async (market: RunningMarket) => {
  const { now } = ok(await market.control.clock());
  const to = new Date(Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth() + 1, 1)).toISOString();
  ok(await market.control.moveClock({ body: { to } }));
};

test('the third failed order of a month warns, the sixth takes the listing off the market', async () => {
  const market = await startMarket();
  await atMonth(market);
  for (const [sale, warnings] of [
    ['ON_SALE', 0],
    ['ON_SALE', 0],
    ['ON_SALE', 1],
    ['ON_SALE', 2],
    ['ON_SALE', 3],
    ['WITHDRAWN', 3],
  ] as const) {
    await failedOrder(market);
    expect(await listing(market)).toMatchObject({ sale });
    expect(await notices(market, { kind: 'DELISTING_WARNING' })).toHaveLength(warnings);
  }
  expect(await listing(market)).toMatchObject({
    failedOrdersThisMonth: 6,
    thresholds: { warningAt: 3, delistedAt: 6, suspendedAfterDays: 5 },
  });
  expect(await notices(market, { kind: 'DELISTED' })).toMatchObject([{ listing: 'saas' }]);
  expect(await market.control.buy({ body: { product: 'saas-monthly' } })).toMatchObject({ status: 409 });
  expect(await listing(market, 'license')).toMatchObject({ sale: 'ON_SALE', failedOrdersThisMonth: 0 });
});

test('the month begins at nought', async () => {
  const market = await startMarket();
  await atMonth(market);
  for (let count = 0; count < 5; count += 1) await failedOrder(market);
  await atMonth(market);
  expect(await listing(market)).toMatchObject({ failedOrdersThisMonth: 0 });
  await failedOrder(market);
  expect(await listing(market)).toMatchObject({ failedOrdersThisMonth: 1, sale: 'ON_SALE' });
});

test('an upgrade that is given up is a failed order too', async () => {
  const market = await startMarket();
  const { id } = await ordered(market);
  market.seller.answer((response) => says(response, '000005'));
  ok(await market.control.upgrade({ params: { id }, body: { quantity: 2 } }));
  await advance(market, 'PT3H');
  expect(await kinds(market)).toEqual(['CALL_FAILED', 'ORDER_UNSUBSCRIBED']);
  expect(await listing(market)).toMatchObject({ failedOrdersThisMonth: 1 });
});

test('an operator who puts the listing on sale again begins its count anew; suspending it does not', async () => {
  const market = await startMarket();
  await atMonth(market);
  for (let count = 0; count < 6; count += 1) await failedOrder(market);
  ok(await market.control.setSale({ params: { listing: 'saas' }, body: { sale: 'SUSPENDED' } }));
  expect(await listing(market)).toMatchObject({ failedOrdersThisMonth: 6, sale: 'SUSPENDED' });
  ok(await market.control.setSale({ params: { listing: 'saas' }, body: { sale: 'ON_SALE' } }));
  expect(await listing(market)).toMatchObject({ failedOrdersThisMonth: 0, sale: 'ON_SALE' });
  await failedOrder(market);
  expect(await listing(market)).toMatchObject({ failedOrdersThisMonth: 1, sale: 'ON_SALE' });
});
