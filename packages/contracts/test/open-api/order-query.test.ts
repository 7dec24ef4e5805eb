import { describe, expect, test } from 'vitest';
import { OrderQueryAnswer, orderQueryApi } from '../../src/index.ts';
import { describeText, describeWords } from './members.ts';

const product = {
  productId: 'OFFI758576',
  skuCode: 'da9b4d34-ee8a-4355-a823-13e034e49986',
  linearValue: 10,
  productName: '测试',
};
const line = {
  orderLineId: 'CS2207261447AUY4H-000001',
  chargingMode: 'PERIOD',
  periodType: 'year',
  periodNumber: 1,
  expireTime: '20230726155959',
  productInfo: [product],
};
const info = { orderId: 'CS2207261447AUY4H', orderType: 'NEW', createTime: '20220726064736', orderLine: [line] };
/** The documented sample, as far as it could be read. */
const sample = { resultCode: 'MKT.0000', resultMsg: 'Success', orderInfo: info };

const withAnswer = (members: object) => ({ ...sample, ...members });
const withInfo = (members: object) => withAnswer({ orderInfo: { ...info, ...members } });
const withLine = (members: object) => withInfo({ orderLine: [{ ...line, ...members }] });
const withProduct = (members: object) => withLine({ productInfo: [{ ...product, ...members }] });
const withBuyer = (members: object) => withInfo({ buyerInfo: members });
const withParam = (members: object) => withInfo({ extendParams: [members] });
const accepts = (answer: unknown) => OrderQueryAnswer.safeParse(answer).success;

test('the sample is an answer and keeps every member', () => expect(OrderQueryAnswer.parse(sample)).toEqual(sample));

test('is a GET at its path', () => {
  const { method, path } = orderQueryApi.orderQuery;
  expect([method, path]).toEqual(['GET', '/api/mkp-openapi-public/global/v1/order/query']);
});

describe('query', () => {
  const { query } = orderQueryApi.orderQuery;
  const wrap = (members: object) => ({ orderId: 'CS1', ...members });
  describeText(query, wrap, 'orderId', { max: 64 });
  describeText(query, wrap, 'orderLineId', { max: 64, optional: true, mayBeEmpty: true });
});

describe('answer', () => {
  describeText(OrderQueryAnswer, withAnswer, 'resultCode', { max: 16, mayBeEmpty: true });
  describeText(OrderQueryAnswer, withAnswer, 'resultMsg', { max: 1024, mayBeEmpty: true });
  test('needs no order, and may carry details of an error', () => {
    expect(accepts({ resultCode: 'CBC.0150', resultMsg: 'Illegal operation', extra_info: {}, orderInfo: null })).toBe(
      true,
    );
    expect(accepts(withAnswer({ orderInfo: undefined }))).toBe(true);
  });
});

describe('order', () => {
  describeText(OrderQueryAnswer, withInfo, 'orderId', { max: 64, mayBeEmpty: true });
  describeText(OrderQueryAnswer, withInfo, 'createTime', { max: 20, mayBeEmpty: true });
  describeWords(OrderQueryAnswer, withInfo, 'orderType', [
    'NEW',
    'TRIAL',
    'TRIAL_TO_FORMAL',
    'UNSUBSCRIBE',
    'RENEW',
    'CHANGE',
  ]);
  test.each([undefined, null, {}, 'x'])('lines are a list, not %j', (orderLine) =>
    expect(accepts(withInfo({ orderLine }))).toBe(false),
  );
});

describe('line', () => {
  describeText(OrderQueryAnswer, withLine, 'orderLineId', { max: 64, mayBeEmpty: true });
  describeText(OrderQueryAnswer, withLine, 'expireTime', { max: 20, optional: true, mayBeEmpty: true });
  describeWords(OrderQueryAnswer, withLine, 'chargingMode', ['ON_DEMAND', 'ONE_TIME', 'PERIOD', 'ON_DEMAND_PKG']);
  const amountRule = { optional: true, nullable: true, mayBeEmpty: true };
  describeText(OrderQueryAnswer, withLine, 'currency', { max: 64, ...amountRule });
  describeText(OrderQueryAnswer, withLine, 'currencyAfterDiscount', { max: 25, ...amountRule });
  test.each(['-100.00', 100, -100.5])('an amount may be %j', (currency) =>
    expect(accepts(withLine({ currency, currencyAfterDiscount: currency }))).toBe(true),
  );
  test.each([
    [{ periodType: undefined, periodNumber: undefined, productInfo: undefined }, true],
    [{ periodType: 1 }, false],
    [{ periodNumber: '1' }, false],
    [{ productInfo: {} }, false],
  ])('period and products: %j', (members, allowed) => expect(accepts(withLine(members))).toBe(allowed));
});

describe('product', () => {
  describeText(OrderQueryAnswer, withProduct, 'productId', { max: 64, mayBeEmpty: true });
  describeText(OrderQueryAnswer, withProduct, 'skuCode', { max: 64, optional: true, mayBeEmpty: true });
  test.each([
    [{ linearValue: undefined, productName: undefined }, true],
    [{ linearValue: '10' }, false],
    [{ productName: 1 }, false],
  ])('%j', (members, allowed) => expect(accepts(withProduct(members))).toBe(allowed));
});

describe('buyer and parameters, whose tables no page shows', () => {
  test('a buyer as an older guide has it', () => {
    const buyer = { customerId: '1', customerName: 'Acme', userId: '2', userName: 'u', mobilePhone: '', email: null };
    expect(OrderQueryAnswer.parse(withBuyer(buyer)).orderInfo?.buyerInfo).toEqual(buyer);
    expect(accepts(withBuyer({ customerId: 1 }))).toBe(false);
  });
  test('a key with its value', () => {
    expect(accepts(withParam({ name: 'a', value: 'b' }))).toBe(true);
    expect(accepts(withParam({ name: 1 }))).toBe(false);
  });
  test('both may be missing, null, or hold other members', () => {
    expect(accepts(withInfo({ buyerInfo: null, extendParams: null }))).toBe(true);
    expect(accepts(withBuyer({ unseen: 1 }))).toBe(true);
    expect(accepts(withParam({ unseen: 1 }))).toBe(true);
  });
});

test.each([withAnswer, withInfo, withLine, withProduct])('members that the store adds are kept: %#', (wrap) => {
  const answer = wrap({ addedLater: 1 });
  expect(OrderQueryAnswer.parse(answer)).toEqual(answer);
});
