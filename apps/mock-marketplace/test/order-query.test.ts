import { formatStoreTime, OrderQueryAnswer } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { bought, licenseOf, ok, startMarket } from './running-market.ts';
import { callOpenApi } from './signed-call.ts';

test('a purchase is answered in the documented shape', async () => {
  const market = await startMarket();
  const {
    orderId,
    orderLineId,
    license = '',
  } = ok(await market.control.buy({ body: { product: 'license-monthly', quantity: 10 } }));
  const { orderedAt, expiresAt } = await licenseOf(market, license);
  const { status, body } = await callOpenApi(
    market,
    `/v1/order/query?orderId=${orderId}&orderLineId=${orderLineId}`,
    undefined,
  );
  expect(status).toBe(200);
  expect(OrderQueryAnswer.safeParse(body).success).toBe(true);
  const [product] = ok(await market.control.products()).filter((one) => one.product === 'license-monthly');
  expect(body).toEqual({
    resultCode: 'MKT.0000',
    resultMsg: 'Success',
    orderInfo: {
      orderId,
      orderType: 'NEW',
      createTime: formatStoreTime(Date.parse(orderedAt)),
      orderLine: [
        {
          orderLineId,
          chargingMode: 'PERIOD',
          periodType: 'month',
          periodNumber: 1,
          expireTime: formatStoreTime(Date.parse(expiresAt)),
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
  const query = async (orderId: string) => {
    const { body } = await callOpenApi(market, `/v1/order/query?orderId=${orderId}`, undefined);
    const { orderType, orderLine } = Object(body['orderInfo']);
    return [orderType, orderLine[0].expireTime];
  };
  const renewal = ok(await market.control.renew({ params: { code }, body: {} }));
  expect(await query(renewal.orderId)).toEqual([
    'RENEW',
    formatStoreTime(Date.parse((await licenseOf(market, code)).expiresAt)),
  ]);
  const cancellation = ok(await market.control.cancelRenewal({ params: { code }, body: {} }));
  expect(await query(cancellation.orderId)).toEqual(['UNSUBSCRIBE', formatStoreTime(Date.parse(expiry))]);
  const unsubscription = ok(await market.control.unsubscribe({ params: { code }, body: {} }));
  expect(await query(unsubscription.orderId)).toEqual(['UNSUBSCRIBE', undefined]);
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
  expect(body['resultCode']).toBe(code);
});
