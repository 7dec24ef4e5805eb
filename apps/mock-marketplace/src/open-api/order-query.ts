import { formatStoreTime, type OrderInfo, type orderQueryApi } from '@koobridge/contracts';
import type { Handlers } from '@koobridge/ts-rest-koa';
import type * as z from 'zod';
import { productWithId } from '../catalogue/product.ts';
import { lineOf } from '../licenses/license.ts';
import type { MarketplaceParts } from '../marketplace.ts';
import type { Order } from '../orders/order.ts';

/** The order query (查询订单, `accessg-marketplace/zh-cn_topic_0070649350`), for orders that were placed here. */
export function orderQueryHandlers({ records }: MarketplaceParts): Handlers<typeof orderQueryApi> {
  return {
    orderQuery: ({ query, ctx }) => {
      const extra = Object.keys(ctx.query).find((name) => name !== 'orderId' && name !== 'orderLineId');
      if (extra !== undefined) return orderQueryError('CBC.0101', `extra parameter ${extra}`);
      const order = records.orders.find(query.orderId);
      if (order === undefined) return orderQueryError('CBC.0199', 'no such order');
      if (query.orderLineId !== undefined && query.orderLineId !== lineOf(order.orderId)) {
        return orderQueryError('CBC.0199', 'the order has no such line');
      }
      return { status: 200, body: { resultCode: 'MKT.0000', resultMsg: 'Success', orderInfo: orderInfo(order) } };
    },
  };
}

const errors = { 'CBC.0101': 'Invalid parameter', 'CBC.0199': 'Request parameter error' } as const;

export function orderQueryError(code: keyof typeof errors, detail: string) {
  return { status: 400 as const, body: { resultCode: code, resultMsg: `${errors[code]}: ${detail}` } };
}

/** No page shows the members of the buyer or of an amount to its end, so neither is answered. */
function orderInfo({ orderId, type, orderedAt, expiresAt, productId, quantity }: Order): z.output<typeof OrderInfo> {
  const product = productWithId(productId);
  return {
    orderId,
    orderType: type,
    createTime: formatStoreTime(orderedAt),
    orderLine: [
      {
        orderLineId: lineOf(orderId),
        chargingMode: 'PERIOD',
        periodType: product?.period,
        periodNumber: 1,
        ...(expiresAt === null ? {} : { expireTime: formatStoreTime(expiresAt) }),
        productInfo: [
          { productId, skuCode: product?.skuCode, linearValue: quantity, productName: product?.productName },
        ],
      },
    ],
  };
}
