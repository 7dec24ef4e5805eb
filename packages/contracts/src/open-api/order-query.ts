import { initContract } from '@ts-rest/core';
import * as z from 'zod';
import { text, textUpTo } from '../text.ts';
import { GatewayError } from './gateway-error.ts';
import { openApiBasePath } from './license.ts';

const c = initContract();

export const OrderType = z.enum(['NEW', 'TRIAL', 'TRIAL_TO_FORMAL', 'UNSUBSCRIBE', 'RENEW', 'CHANGE']);
export const ChargingMode = z.enum(['ON_DEMAND', 'ONE_TIME', 'PERIOD', 'ON_DEMAND_PKG']);

export type OrderType = z.output<typeof OrderType>;
export type ChargingMode = z.output<typeof ChargingMode>;

/** Answers may gain members. The pages are cut, so what was not read to its end is optional. */
export const OrderProduct = z.looseObject({
  /** Each period type of one `skuCode` has its own. */
  productId: textUpTo(64),
  /** The specification; unchanged when a renewal changes the period type. */
  skuCode: textUpTo(64).optional(),
  /** The quantity of a linear attribute. */
  linearValue: z.number().optional(),
  /** Product, specification and edition, joined by commas in the sample. */
  productName: z.string().optional(),
});

/** An amount of the order: a text of up to `max` on the page; a number is read too. */
const amount = (max: number) => z.union([textUpTo(max), z.number()]).nullish();

export const OrderLine = z.looseObject({
  orderLineId: textUpTo(64),
  chargingMode: ChargingMode,
  /**
   * `yyyyMMddHHmmss`, UTC on some editions of the page and without a zone on others. For period products; computed from
   * the order's time and period, so that the real expiry may differ.
   */
  expireTime: textUpTo(20).optional(),
  /** `year` in the sample; the store's other interfaces know `month` too. */
  periodType: z.string().optional(),
  /** The number of periods. */
  periodNumber: z.number().optional(),
  /** The order's amount, not a currency; empty for an unsubscription and a cancelled renewal. */
  currency: amount(64),
  /** The amount of the deal; negative for an unsubscription and a cancelled renewal. */
  currencyAfterDiscount: amount(25),
  productInfo: z.array(OrderProduct).optional(),
});

/** No page shows the table; these members are those of `buyerInfo` in a message of an older guide. */
export const BuyerInfo = z.looseObject({
  customerId: z.string().nullish(),
  customerName: z.string().nullish(),
  userId: z.string().nullish(),
  userName: z.string().nullish(),
  mobilePhone: z.string().nullish(),
  email: z.string().nullish(),
});

/** A key with its value. The names are those of the same older guide; the order query's own are not documented. */
export const ExtendParam = z.looseObject({ name: z.string().nullish(), value: z.string().nullish() });

export const OrderInfo = z.looseObject({
  orderId: textUpTo(64),
  orderType: OrderType,
  /** When the order was placed, not when it takes effect: `yyyyMMddHHmmss`, in the zone of `expireTime`. */
  createTime: textUpTo(20),
  orderLine: z.array(OrderLine),
  buyerInfo: BuyerInfo.nullish(),
  extendParams: z.array(ExtendParam).nullish(),
});

export type OrderInfo = z.output<typeof OrderInfo>;

export const OrderQueryAnswer = z.looseObject({
  /** Success is either of `orderQuerySuccess`. */
  resultCode: textUpTo(16),
  resultMsg: textUpTo(1024),
  orderInfo: OrderInfo.nullish(),
  /** With some of `orderQueryErrors`; its structure is not documented. */
  extra_info: z.unknown().optional(),
});

const failure = z.union([OrderQueryAnswer, GatewayError]);

/** The order query (查询订单, `accessg-marketplace/zh-cn_topic_0070649350`), signed with AK/SK. */
export const orderQueryApi = c.router({
  orderQuery: {
    method: 'GET',
    path: `${openApiBasePath}/v1/order/query`,
    summary: 'Queries an order and its lines',
    query: z.object({ orderId: text(64), orderLineId: textUpTo(64).optional() }),
    responses: {
      200: OrderQueryAnswer,
      400: failure,
      401: failure,
      403: failure,
      404: failure,
      406: failure,
      429: failure,
      500: failure,
    },
  },
});
