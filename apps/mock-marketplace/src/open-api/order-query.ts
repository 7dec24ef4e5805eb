import {
  formatStoreTime,
  mockOrder,
  type OrderInfo,
  type OrderQueryErrorCode,
  type orderQueryApi,
  orderQueryErrors,
} from '@koobridge/contracts';
import type { Handlers } from '@koobridge/ts-rest-koa';
import type * as z from 'zod';
import type { Catalogue } from '../catalogue/queries.ts';
import type { MarketplaceParts } from '../marketplace.ts';
import type { Order } from '../orders/order.ts';
import { expiryOf } from '../orders/view.ts';
import { lineOf, type Subscription } from '../subscriptions/subscription.ts';

/** The order query (查询订单, `accessg-marketplace/zh-cn_topic_0070649350`), for orders that were placed here. */
export function orderQueryHandlers({ records }: MarketplaceParts): Handlers<typeof orderQueryApi> {
  return {
    orderQuery: ({ query, ctx }) => {
      const extra = Object.keys(ctx.query).find((name) => name !== 'orderId' && name !== 'orderLineId');
      if (extra !== undefined) return orderQueryError('CBC.0101', `extra parameter ${extra}`);
      const mock = mockOrder(query.orderId);
      if (mock !== undefined && (query.orderLineId ?? lineOf(query.orderId)) === lineOf(query.orderId)) {
        return { status: 200, body: mock };
      }
      const order = records.orders.find(query.orderId);
      if (order === undefined) return orderQueryError('CBC.0199', 'no such order');
      if (query.orderLineId !== undefined && query.orderLineId !== lineOf(order.orderId)) {
        return orderQueryError('CBC.0199', 'the order has no such line');
      }
      return {
        status: 200,
        body: {
          resultCode: 'MKT.0000',
          resultMsg: 'Success',
          orderInfo: orderInfo(order, records.subscriptions.find(order.subscription), records.catalogue),
        },
      };
    },
  };
}

/** A documented error of the order query with its documented HTTP status; a detail follows the documented text. */
export function orderQueryError<Code extends OrderQueryErrorCode>(code: Code, detail?: string) {
  const { status, message } = orderQueryErrors[code];
  return {
    status: status as (typeof orderQueryErrors)[Code]['status'], // the status of this very code
    body: { resultCode: code, resultMsg: detail === undefined ? message : `${message.replace(/\.$/, '')}: ${detail}` },
  };
}

/**
 * No page shows the members of the buyer to their end, so it is not answered. Amounts as the page has them: `currency` is
 * the order's, empty where money goes back, `currencyAfterDiscount` that of the deal, below zero there. No page says how
 * the days of a trial are written, so it has an expiry and no period, as the mock order has.
 */
function orderInfo(
  order: Order,
  subscription: Subscription | undefined,
  catalogue: Catalogue,
): z.output<typeof OrderInfo> {
  const { orderId, type, orderedAt, productId, quantity, amount } = order;
  const expiresAt = expiryOf(order, subscription);
  const product = catalogue.productWithId(productId);
  const term = subscription?.terms.find((one) => one.orderId === orderId);
  const money = amount.toFixed(2);
  return {
    orderId,
    orderType: type,
    createTime: formatStoreTime(orderedAt),
    orderLine: [
      {
        orderLineId: lineOf(orderId),
        chargingMode: subscription?.chargingMode ?? product?.chargingMode ?? 'PERIOD',
        ...(product?.period == null || type === 'TRIAL' ? {} : { periodType: product.period }),
        ...(term === undefined || term.period === null || type === 'TRIAL' ? {} : { periodNumber: term.count }),
        ...(expiresAt === null ? {} : { expireTime: formatStoreTime(expiresAt) }),
        currency: type === 'UNSUBSCRIBE' ? '' : money,
        currencyAfterDiscount: money,
        productInfo: [
          { productId, skuCode: product?.skuCode, linearValue: quantity, productName: product?.productName },
        ],
      },
    ],
  };
}
