import { formatStoreTime, mockOrderIds, OrderQueryAnswer } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import {
  advance,
  bought,
  instanceOf,
  licenseOf,
  ok,
  ordered,
  type RunningMarket,
  startMarket,
} from './running-market.ts';
import { callOpenApi } from './signed-call.ts';

/** The order query (查询订单) for every order that is placed here, and for the nine mock orders. */

const stamp = (instant: string): string => formatStoreTime(Date.parse(instant));

async function query(market: RunningMarket, orderId: string, more = '') {
  const { status, body } = await callOpenApi(market, `/v1/order/query?orderId=${orderId}${more}`, undefined);
  expect(OrderQueryAnswer.safeParse(body).success).toBe(true);
  return { status, body };
}

/** Type and line of an order that must be there, without what its product is called. */
async function line(market: RunningMarket, orderId: string): Promise<Readonly<Record<string, unknown>>> {
  const { body } = await query(market, orderId);
  const { orderType, orderLine } = Object(body['orderInfo']);
  const [{ productInfo, orderLineId: _, ...rest }] = orderLine;
  const [{ productId, linearValue }] = productInfo;
  return { orderType, ...rest, productId, linearValue };
}

const saas = { chargingMode: 'PERIOD', productId: 'MOCKSAAS0001-YEAR', linearValue: 1 };

test('a purchase is answered in the documented shape', async () => {
  const market = await startMarket();
  const {
    orderId,
    orderLineId,
    license = '',
  } = ok(await market.control.buy({ body: { product: 'license-monthly', quantity: 10 } }));
  const { orderedAt, expiresAt } = await licenseOf(market, license);
  const { status, body } = await query(market, orderId, `&orderLineId=${orderLineId}`);
  expect(status).toBe(200);
  const [product] = ok(await market.control.products()).filter((one) => one.product === 'license-monthly');
  expect(body).toEqual({
    resultCode: 'MKT.0000',
    resultMsg: 'Success',
    orderInfo: {
      orderId,
      orderType: 'NEW',
      createTime: stamp(orderedAt),
      orderLine: [
        {
          orderLineId,
          chargingMode: 'PERIOD',
          periodType: 'month',
          periodNumber: 1,
          expireTime: stamp(expiresAt),
          currency: '1000.00',
          currencyAfterDiscount: '1000.00',
          productInfo: [
            {
              productId: 'MOCKLICENSE0001-MONTH',
              skuCode: product?.skuCode,
              linearValue: 10,
              productName: 'Mock License,Standard,Monthly',
            },
          ],
        },
      ],
    },
  });
});

test('renewals, their cancellation and unsubscriptions are orders too', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  const expiry = (await licenseOf(market, code)).expiresAt;
  const renewal = ok(await market.control.renew({ params: { code }, body: {} }));
  const renewed = (await licenseOf(market, code)).expiresAt;
  expect(await line(market, renewal.orderId)).toMatchObject({ orderType: 'RENEW', expireTime: stamp(renewed) });
  const cancellation = ok(await market.control.cancelRenewal({ params: { code }, body: {} }));
  expect(await line(market, cancellation.orderId)).toMatchObject({
    orderType: 'UNSUBSCRIBE',
    expireTime: stamp(expiry),
  });
  const unsubscription = ok(await market.control.unsubscribe({ params: { code }, body: {} }));
  expect(await line(market, unsubscription.orderId)).not.toHaveProperty('expireTime');
});

test('NEW of several periods and a quantity', async () => {
  const market = await startMarket();
  const { orderId, id } = await ordered(market, { periods: 3, quantity: 2 });
  expect(await line(market, orderId)).toEqual({
    ...saas,
    orderType: 'NEW',
    periodType: 'year',
    periodNumber: 3,
    expireTime: stamp((await instanceOf(market, id)).expiresAt ?? ''),
    currency: '6000.00',
    currencyAfterDiscount: '6000.00',
    linearValue: 2,
  });
});

test.each([
  ['saas-once', 'ONE_TIME', '5000.00'],
  ['saas-on-demand', 'ON_DEMAND', '0.00'],
])('NEW of %s has neither a period nor an expiry', async (product, chargingMode, currency) => {
  const market = await startMarket();
  const { orderId } = await ordered(market, { product });
  expect(await line(market, orderId)).toEqual({
    orderType: 'NEW',
    chargingMode,
    currency,
    currencyAfterDiscount: currency,
    productId: expect.any(String),
    linearValue: 1,
  });
});

test('NEW of a package', async () => {
  const market = await startMarket();
  const { orderId } = await ordered(market, { product: 'saas-package' });
  expect(await line(market, orderId)).toMatchObject({
    chargingMode: 'ON_DEMAND_PKG',
    periodType: 'year',
    periodNumber: 1,
    currency: '500.00',
  });
});

test('TRIAL has an expiry and no period, also once it became formal', async () => {
  const market = await startMarket();
  const trial = await ordered(market, { trial: true });
  const expected = {
    ...saas,
    orderType: 'TRIAL',
    expireTime: stamp((await instanceOf(market, trial.id)).expiresAt ?? ''),
    currency: '0.00',
    currencyAfterDiscount: '0.00',
  };
  expect(await line(market, trial.orderId)).toEqual(expected);
  ok(await market.control.toFormal({ params: { id: trial.id }, body: {} }));
  expect(await line(market, trial.orderId)).toEqual(expected);
});

test('TRIAL_TO_FORMAL, with another period', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { trial: true });
  const { orderId } = ok(await market.control.toFormal({ params: { id }, body: { period: 'month', periods: 6 } }));
  expect(await line(market, orderId)).toEqual({
    ...saas,
    orderType: 'TRIAL_TO_FORMAL',
    productId: 'MOCKSAAS0001-MONTH',
    periodType: 'month',
    periodNumber: 6,
    expireTime: stamp((await instanceOf(market, id)).expiresAt ?? ''),
    currency: '600.00',
    currencyAfterDiscount: '600.00',
  });
});

test('RENEW with another period, and its cancellation', async () => {
  const market = await startMarket();
  const purchase = await ordered(market);
  const { id } = purchase;
  const before = (await instanceOf(market, id)).expiresAt ?? '';
  const renewal = ok(await market.control.renewInstance({ params: { id }, body: { period: 'month', periods: 2 } }));
  expect(await line(market, renewal.orderId)).toEqual({
    ...saas,
    orderType: 'RENEW',
    productId: 'MOCKSAAS0001-MONTH',
    periodType: 'month',
    periodNumber: 2,
    expireTime: stamp((await instanceOf(market, id)).expiresAt ?? ''),
    currency: '200.00',
    currencyAfterDiscount: '200.00',
  });
  const cancelled = ok(await market.control.cancelInstanceRenewal({ params: { id }, body: {} }));
  expect(await line(market, cancelled.orderId)).toEqual({
    ...saas,
    orderType: 'UNSUBSCRIBE',
    productId: 'MOCKSAAS0001-MONTH',
    periodType: 'month',
    expireTime: stamp(before),
    currency: '',
    currencyAfterDiscount: '-200.00',
  });
  expect(await line(market, purchase.orderId)).toMatchObject({ productId: 'MOCKSAAS0001-YEAR', periodNumber: 1 });
});

test('UNSUBSCRIBE of the whole gives back what was paid', async () => {
  const market = await startMarket();
  const { id } = await ordered(market);
  await advance(market, 'P1D');
  const { orderId } = ok(await market.control.unsubscribeInstance({ params: { id }, body: {} }));
  expect(await line(market, orderId)).toEqual({
    ...saas,
    orderType: 'UNSUBSCRIBE',
    periodType: 'year',
    currency: '',
    currencyAfterDiscount: '-1000.00',
  });
});

test('CHANGE is for the dearer product and costs the difference', async () => {
  const market = await startMarket();
  const purchase = await ordered(market);
  const { id } = purchase;
  const { orderId } = ok(await market.control.upgrade({ params: { id }, body: { product: 'saas-premium-yearly' } }));
  expect(await line(market, orderId)).toEqual({
    ...saas,
    orderType: 'CHANGE',
    productId: 'MOCKSAAS0002-YEAR',
    periodType: 'year',
    expireTime: stamp((await instanceOf(market, id)).expiresAt ?? ''),
    currency: '1500.00',
    currencyAfterDiscount: '1500.00',
  });
  expect(await line(market, purchase.orderId)).toMatchObject({ orderType: 'NEW', productId: 'MOCKSAAS0001-YEAR' });
});

test('no order tells who the buyer is', async () => {
  const market = await startMarket();
  const { orderId } = await ordered(market);
  for (const id of [orderId, ...mockOrderIds]) {
    expect(Object((await query(market, id)).body['orderInfo'])).not.toHaveProperty('buyerInfo');
  }
});

test.each([
  ['MOCKPERIODYEARNEW', 'NEW', 'PERIOD'],
  ['MOCKONETIMENEW', 'NEW', 'ONE_TIME'],
  ['MOCKONDEMAND', 'NEW', 'ON_DEMAND'],
  ['MOCKONDEMANDPKG', 'NEW', 'ON_DEMAND_PKG'],
  ['MOCKPERIODDAYTRIAL', 'TRIAL', 'PERIOD'],
  ['MOCKMONTYTRIALTOFORMAL', 'TRIAL_TO_FORMAL', 'PERIOD'],
  ['MOCKMONTYUNSUBSCRIBE', 'UNSUBSCRIBE', 'PERIOD'],
  ['MOCKMONTYRENEW', 'RENEW', 'PERIOD'],
  ['MOCKMONTYCHANGE', 'CHANGE', 'PERIOD'],
])('the mock order %s is always there', async (orderId, orderType, chargingMode) => {
  const market = await startMarket();
  const { status, body } = await query(market, orderId, `&orderLineId=${orderId}-000001`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    resultCode: 'MKT.0000',
    orderInfo: { orderId, orderType, orderLine: [{ orderLineId: `${orderId}-000001`, chargingMode }] },
  });
  expect((await query(market, orderId)).body).toEqual(body);
  expect((await query(market, orderId, '&orderLineId=CS0-000001')).body['resultCode']).toBe('CBC.0199');
});

test.each([
  ['an unknown order', 'CBC.0199', () => 'orderId=CS0'],
  ["another order's line", 'CBC.0199', (id: string) => `orderId=${id}&orderLineId=CS0-000001`],
  ['no order', 'CBC.0101', () => ''],
  ['an empty order', 'CBC.0101', () => 'orderId='],
  ['an order twice', 'CBC.0101', (id: string) => `orderId=${id}&orderId=${id}`],
  ['an extra parameter', 'CBC.0101', (id: string) => `orderId=${id}&extra=1`],
  ['an order that is too long', 'CBC.0101', () => `orderId=${'C'.repeat(65)}`],
])('400 for %s', async (_, code, query) => {
  const market = await startMarket();
  const { orderId } = await bought(market);
  const { status, body } = await callOpenApi(market, `/v1/order/query?${query(orderId)}`, undefined);
  expect(status).toBe(400);
  expect(body).toEqual({
    resultCode: code,
    resultMsg: expect.stringMatching(/^(Invalid|Request) parameter( error)?: ./),
  });
});
