import { describe, expect, test } from 'vitest';
import { OrderQueryAnswer, orderQueryApi, orderQuerySuccess } from '../../src/index.ts';

/** The documented sample, as far as it could be read. */
const sample = {
  resultCode: 'MKT.0000',
  resultMsg: 'Success',
  orderInfo: {
    orderId: 'CS2207261447AUY4H',
    orderType: 'NEW',
    createTime: '20220726064736',
    orderLine: [
      {
        orderLineId: 'CS2207261447AUY4H-000001',
        chargingMode: 'PERIOD',
        periodType: 'year',
        periodNumber: 1,
        expireTime: '20230726155959',
        productInfo: [
          {
            productId: 'OFFI758576',
            skuCode: 'da9b4d34-ee8a-4355-a823-13e034e49986',
            linearValue: 10,
            productName: '测试',
          },
        ],
      },
    ],
  },
};
const changed = (info: object, line: object = {}) => ({
  ...sample,
  orderInfo: { ...sample.orderInfo, orderLine: [{ ...sample.orderInfo.orderLine[0], ...line }], ...info },
});
const accepts = (answer: unknown) => OrderQueryAnswer.safeParse(answer).success;

test('the sample is an answer and keeps every member', () => expect(OrderQueryAnswer.parse(sample)).toEqual(sample));

test('is a GET whose query names the order', () => {
  const { method, path, query } = orderQueryApi.orderQuery;
  expect([method, path]).toEqual(['GET', '/api/mkp-openapi-public/global/v1/order/query']);
  expect(query.safeParse({ orderId: 'CS1' }).success).toBe(true);
  expect(query.safeParse({ orderId: 'CS1', orderLineId: 'x'.repeat(64) }).success).toBe(true);
  for (const refused of [
    {},
    { orderId: '' },
    { orderId: 'x'.repeat(65) },
    { orderId: 'CS1', orderLineId: 'x'.repeat(65) },
  ]) {
    expect(query.safeParse(refused).success).toBe(false);
  }
});

test.each(['NEW', 'TRIAL', 'TRIAL_TO_FORMAL', 'UNSUBSCRIBE', 'RENEW', 'CHANGE'])('order type %s', (orderType) => {
  expect(accepts(changed({ orderType }))).toBe(true);
});

test.each(['ON_DEMAND', 'ONE_TIME', 'PERIOD', 'ON_DEMAND_PKG'])('charging mode %s', (chargingMode) => {
  expect(accepts(changed({}, { chargingMode }))).toBe(true);
});

describe('amounts', () => {
  test.each(['100.00', '-100.00', '', null, 100, undefined])('may be %j', (currency) => {
    expect(accepts(changed({}, { currency, currencyAfterDiscount: currency }))).toBe(true);
  });
});

test('members that were not read are let through', () => {
  expect(accepts(changed({ buyerInfo: { customerId: '1' }, extendParams: [{ name: 'a', value: 'b' }] }))).toBe(true);
  expect(accepts(changed({ buyerInfo: null, extendParams: null }, { unseen: 1 }))).toBe(true);
  expect(accepts({ resultCode: 'CBC.0150', resultMsg: 'Illegal operation', extra_info: {}, orderInfo: null })).toBe(
    true,
  );
});

test.each([
  ['an unknown order type', changed({ orderType: 'RENEWAL' })],
  ['an unknown charging mode', changed({}, { chargingMode: 'MONTHLY' })],
  ['an order without lines', changed({ orderLine: undefined })],
  ['a line without id', changed({}, { orderLineId: undefined })],
  ['an order without time', changed({ createTime: undefined })],
  ['an answer without code', { resultMsg: '' }],
])('%s is refused', (_, answer) => expect(accepts(answer)).toBe(false));

test('success has two spellings', () => expect(orderQuerySuccess).toEqual(['MKT.0000', 'CBC.0000']));
