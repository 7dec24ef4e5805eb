import { describe, expect, test } from 'vitest';
import { isMockOrderId, mockOrder, mockOrderIds, OrderQueryAnswer, readStoreTime } from '../../src/index.ts';

const orders = [
  ['MOCKPERIODYEARNEW', 'NEW', 'PERIOD', 'year'],
  ['MOCKONETIMENEW', 'NEW', 'ONE_TIME', undefined],
  ['MOCKONDEMAND', 'NEW', 'ON_DEMAND', undefined],
  ['MOCKONDEMANDPKG', 'NEW', 'ON_DEMAND_PKG', undefined],
  ['MOCKPERIODDAYTRIAL', 'TRIAL', 'PERIOD', undefined],
  ['MOCKMONTYTRIALTOFORMAL', 'TRIAL_TO_FORMAL', 'PERIOD', 'month'],
  ['MOCKMONTYUNSUBSCRIBE', 'UNSUBSCRIBE', 'PERIOD', 'month'],
  ['MOCKMONTYRENEW', 'RENEW', 'PERIOD', 'month'],
  ['MOCKMONTYCHANGE', 'CHANGE', 'PERIOD', 'month'],
] as const;

test('there are nine, spelled as printed', () => expect(mockOrderIds).toEqual(orders.map(([orderId]) => orderId)));

describe.each(orders)('%s', (orderId, orderType, chargingMode, periodType) => {
  const answer = mockOrder(orderId);
  const [line] = answer?.orderInfo?.orderLine ?? [];

  test('is answered in the documented shape, always the same', () => {
    expect(OrderQueryAnswer.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({ resultCode: 'MKT.0000', orderInfo: { orderId, orderType } });
    expect(mockOrder(orderId)).toEqual(answer);
  });
  test('has one line, of its charging mode and period', () => {
    expect(answer?.orderInfo?.orderLine).toHaveLength(1);
    expect(line).toMatchObject({ orderLineId: `${orderId}-000001`, chargingMode });
    expect(line?.periodType).toBe(periodType);
    expect(line?.periodNumber).toBe(periodType === undefined ? undefined : 1);
  });
  test('expires if it is a period, after it was placed', () => {
    const { createTime = '' } = answer?.orderInfo ?? {};
    expect(readStoreTime(createTime)).toBeDefined();
    if (chargingMode === 'PERIOD') {
      expect(readStoreTime(line?.expireTime ?? '')).toBeDefined();
      expect(String(line?.expireTime) > createTime).toBe(true);
    } else {
      expect(line?.expireTime).toBeUndefined();
    }
  });
  test('an unsubscription has no amount and a negative deal, everything else has both', () => {
    const [currency, deal] = [line?.currency, Number(line?.currencyAfterDiscount)];
    if (orderType === 'UNSUBSCRIBE') {
      expect(currency).toBe('');
      expect(deal).toBeLessThan(0);
    } else {
      expect(Number(currency)).toBeGreaterThanOrEqual(0);
      expect(deal).toBeGreaterThanOrEqual(0);
    }
  });
  test('its product is marked as a sample', () => {
    for (const { productId, skuCode, productName } of line?.productInfo ?? []) {
      for (const text of [productId, skuCode, productName]) expect(text).toMatch(/^sample/i);
    }
  });
});

test.each(['', 'CS1', 'mockonetimenew', 'MOCKONETIMENEW-000001', 'toString', '__proto__'])('%j is none', (orderId) => {
  expect(mockOrder(orderId)).toBeUndefined();
  expect(isMockOrderId(orderId)).toBe(false);
});

test('a caller may change its answer', () => {
  const answer = mockOrder('MOCKONDEMAND');
  for (const line of answer?.orderInfo?.orderLine ?? []) line.productInfo?.splice(0);
  expect(mockOrder('MOCKONDEMAND')?.orderInfo?.orderLine[0]?.productInfo).toHaveLength(1);
});
