import type * as z from 'zod';
import type { OrderInfo, OrderLine, OrderQueryAnswer } from './order-query.ts';

type Line = z.output<typeof OrderLine>;
type Case = Pick<z.output<typeof OrderInfo>, 'orderType'> & Omit<Line, 'orderLineId' | 'productInfo'>;

const createTime = '20260105020000';
const oneMonth = {
  chargingMode: 'PERIOD',
  periodType: 'month',
  periodNumber: 1,
  expireTime: '20260205155959',
} as const;
const paid = { currency: '100.00', currencyAfterDiscount: '100.00' } as const;
const unpaid = { currency: '0.00', currencyAfterDiscount: '0.00' } as const;

/** What each order is, by the page; times, amounts and the product are samples. No page says how a trial's days are written, so it has an expiry and no period. */
const cases = {
  MOCKPERIODYEARNEW: {
    orderType: 'NEW',
    chargingMode: 'PERIOD',
    periodType: 'year',
    periodNumber: 1,
    expireTime: '20270105155959',
    ...paid,
  },
  MOCKONETIMENEW: { orderType: 'NEW', chargingMode: 'ONE_TIME', ...paid },
  MOCKONDEMAND: { orderType: 'NEW', chargingMode: 'ON_DEMAND', ...unpaid },
  MOCKONDEMANDPKG: { orderType: 'NEW', chargingMode: 'ON_DEMAND_PKG', ...paid },
  MOCKPERIODDAYTRIAL: { orderType: 'TRIAL', chargingMode: 'PERIOD', expireTime: '20260112155959', ...unpaid },
  MOCKMONTYTRIALTOFORMAL: { orderType: 'TRIAL_TO_FORMAL', ...oneMonth, ...paid },
  MOCKMONTYUNSUBSCRIBE: { orderType: 'UNSUBSCRIBE', ...oneMonth, currency: '', currencyAfterDiscount: '-100.00' },
  MOCKMONTYRENEW: { orderType: 'RENEW', ...oneMonth, ...paid },
  MOCKMONTYCHANGE: { orderType: 'CHANGE', ...oneMonth, ...paid },
} as const satisfies Readonly<Record<string, Case>>;

export type MockOrderId = keyof typeof cases;

/**
 * The nine orders the store's order query answers for debugging (`usermanual-marketplace/zh-cn_topic_0000002497812372`);
 * the line of each is `{orderId}-000001`. Spelled as printed.
 */
export const mockOrderIds: readonly string[] = Object.keys(cases);

export const isMockOrderId = (orderId: string): orderId is MockOrderId => Object.hasOwn(cases, orderId);

/** The answer of the order query for one of the nine, always the same; `undefined` for any other order. */
export function mockOrder(orderId: string): z.output<typeof OrderQueryAnswer> | undefined {
  if (!isMockOrderId(orderId)) return undefined;
  const { orderType, ...line } = cases[orderId];
  return {
    resultCode: 'MKT.0000',
    resultMsg: 'Success',
    orderInfo: {
      orderId,
      orderType,
      createTime,
      orderLine: [{ orderLineId: `${orderId}-000001`, ...line, productInfo: [{ ...sampleProduct }] }],
    },
  };
}

/** Invented, and marked so: the page prints no answers of its mock orders. */
const sampleProduct = {
  productId: 'SAMPLE-PRODUCT-ID',
  skuCode: 'SAMPLE-SKU-CODE',
  linearValue: 1,
  productName: 'Sample product,Sample specification',
} as const;
