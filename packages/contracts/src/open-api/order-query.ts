import { initContract } from '@ts-rest/core';
import * as z from 'zod';
import { text, textUpTo } from '../text.ts';
import { GatewayError } from './error-code.ts';
import { openApiBasePath } from './license.ts';

const c = initContract();

export const OrderType = z.enum(['NEW', 'TRIAL', 'TRIAL_TO_FORMAL', 'UNSUBSCRIBE', 'RENEW', 'CHANGE']);
export const ChargingMode = z.enum(['ON_DEMAND', 'ONE_TIME', 'PERIOD', 'ON_DEMAND_PKG']);

/** Answers may gain members. The pages are cut, so what was not read to its end is optional. */
export const OrderLine = z.looseObject({
  orderLineId: textUpTo(64),
  chargingMode: ChargingMode,
  /** `yyyyMMddHHmmss`, computed from the order's time and period: for reference, the real expiry may differ. */
  expireTime: textUpTo(20).optional(),
  periodType: z.string().optional(),
  periodNumber: z.number().optional(),
  /** An amount, not a currency; empty for an unsubscription. */
  currency: z.union([z.string(), z.number()]).nullish(),
  currencyAfterDiscount: z.union([z.string(), z.number()]).nullish(),
  productInfo: z
    .array(
      z.looseObject({
        productId: textUpTo(64),
        skuCode: textUpTo(64).optional(),
        linearValue: z.number().optional(),
        productName: z.string().optional(),
      }),
    )
    .optional(),
});

export const OrderInfo = z.looseObject({
  orderId: textUpTo(64),
  orderType: OrderType,
  /** When the order was placed, `yyyyMMddHHmmss`. */
  createTime: textUpTo(20),
  orderLine: z.array(OrderLine),
  /** Members not documented. */
  buyerInfo: z.looseObject({}).nullish(),
  extendParams: z.array(z.looseObject({})).nullish(),
});

export const OrderQueryAnswer = z.looseObject({
  resultCode: textUpTo(16),
  resultMsg: textUpTo(1024),
  orderInfo: OrderInfo.nullish(),
});

/** `resultCode` of an answer that succeeded: the sample has the first, the table the second. */
export const orderQuerySuccess: readonly string[] = ['MKT.0000', 'CBC.0000'];

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
