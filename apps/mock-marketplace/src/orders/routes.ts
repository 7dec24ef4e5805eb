import { OrderType } from '@koobridge/contracts';
import * as z from 'zod';
import { CustomerLevel } from '../catalogue/customer-level.ts';
import { failures, nothing, pageLimit, time } from '../control/shapes.ts';
import { OrderStatus } from './order.ts';

/** Buying, and what became of an order. */

export const OrderView = z.object({
  orderId: z.string(),
  orderLineId: z.string(),
  type: OrderType,
  status: OrderStatus,
  /** The id of the subscription: the code, or the store's id of the resource. */
  subscription: z.string(),
  license: z.string().optional(),
  instanceId: z.string().optional(),
  productId: z.string(),
  quantity: z.number(),
  amount: z.number(),
  orderedAt: time,
  expiresAt: time.nullable(),
});

export const Placed = z.object({ orderId: z.string(), orderLineId: z.string() });

export const orderRoutes = {
  buy: {
    method: 'POST',
    path: '/orders',
    summary: 'Buys a product, or starts its trial',
    body: z
      .strictObject({
        product: z.string(),
        customer: z.string().optional(),
        customerLevel: CustomerLevel.optional(),
        quantity: z.int().min(1).max(999_999).default(1),
        periods: z.int().min(1).max(99).default(1),
        trial: z.boolean().default(false),
        /** `false` leaves the order to be paid or cancelled. */
        pay: z.boolean().default(true),
      })
      .refine(({ customer, customerLevel }) => customer === undefined || customerLevel === undefined, {
        error: 'names the customer, whose level is known: leave one of the two out',
        path: ['customerLevel'],
      }),
    responses: {
      ...failures,
      200: Placed.extend({
        license: z.string().optional(),
        instanceId: z.string().optional(),
        subscription: z.string(),
      }),
    },
  },
  orders: {
    method: 'GET',
    path: '/orders',
    query: z.strictObject({ after: z.string().optional(), subscription: z.string().optional(), limit: pageLimit }),
    responses: { ...failures, 200: z.array(OrderView) },
  },
  order: { method: 'GET', path: '/orders/:orderId', responses: { ...failures, 200: OrderView } },
  pay: { method: 'POST', path: '/orders/:orderId/pay', body: nothing, responses: { ...failures, 200: OrderView } },
  cancel: {
    method: 'POST',
    path: '/orders/:orderId/cancel',
    summary: 'Cancels an order that was not paid',
    body: nothing,
    responses: { ...failures, 200: OrderView },
  },
  approve: {
    method: 'POST',
    path: '/orders/:orderId/approve',
    body: nothing,
    responses: { ...failures, 200: OrderView },
  },
  reject: {
    method: 'POST',
    path: '/orders/:orderId/reject',
    body: nothing,
    responses: { ...failures, 200: OrderView },
  },
} as const;
