import { initContract } from '@ts-rest/core';
import * as z from 'zod';
import { ActivityNameSchema, MessageStatus } from '../callbacks/message.ts';
import { CustomerLevel } from '../catalogue/customer-level.ts';
import { MessageView } from './message-view.ts';
import { LicenseView, OrderView } from './views.ts';

const c = initContract();

/** What is wrong, why, and what to do about it. */
const ControlError = z.object({ error: z.string() });

const failures = {
  400: ControlError,
  403: ControlError,
  404: ControlError,
  409: ControlError,
  413: ControlError,
  503: ControlError,
};

/** No body, an empty one, or an object; members nobody asked for are an error, since a misspelt one would do nothing. */
const optional = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.strictObject(shape).optional();

const placed = z.object({ orderId: z.string(), orderLineId: z.string() });
const Progress = z.object({ from: z.string(), to: z.string(), done: z.number(), remaining: z.number() });
export const ClockView = z.object({ now: z.string(), moving: Progress.nullable() });

/** A number as digits and nothing else: JavaScript would also read `0x1` and `1e0`. */
const digits = z.coerce.string().regex(/^(0|[1-9]\d{0,14})$/, 'must be a number, written in digits');

const pageLimit = digits.transform(Number).pipe(z.int().min(1).max(1000)).default(1000);

/** How an operator, a test or a console plays the buyer, the seller and the passing of time. Unauthenticated. */
export const controlContract = c.router(
  {
    products: {
      method: 'GET',
      path: '/products',
      responses: {
        200: z.array(
          z.object({
            product: z.string(),
            productId: z.string(),
            skuCode: z.string(),
            productName: z.string(),
            period: z.string(),
          }),
        ),
      },
    },
    buy: {
      method: 'POST',
      path: '/orders',
      body: z.strictObject({
        product: z.string(),
        customerLevel: CustomerLevel.default('V0'),
        quantity: z.int().min(1).max(999_999).default(1),
      }),
      responses: { ...failures, 200: placed.extend({ license: z.string() }) },
    },
    order: { method: 'GET', path: '/orders/:orderId', responses: { ...failures, 200: OrderView } },
    approve: {
      method: 'POST',
      path: '/orders/:orderId/approve',
      body: optional({}),
      responses: { ...failures, 200: OrderView },
    },
    reject: {
      method: 'POST',
      path: '/orders/:orderId/reject',
      body: optional({}),
      responses: { ...failures, 200: OrderView },
    },
    licenses: {
      method: 'GET',
      path: '/licenses',
      query: z.strictObject({ after: z.string().optional(), limit: pageLimit }),
      responses: { ...failures, 200: z.array(LicenseView) },
    },
    license: { method: 'GET', path: '/licenses/:code', responses: { ...failures, 200: LicenseView } },
    claim: {
      method: 'POST',
      path: '/licenses/:code/claim',
      body: optional({}),
      responses: { ...failures, 200: LicenseView },
    },
    renew: {
      method: 'POST',
      path: '/licenses/:code/renew',
      body: optional({ period: z.enum(['year', 'month']).optional() }),
      responses: { ...failures, 200: placed },
    },
    cancelRenewal: {
      method: 'POST',
      path: '/licenses/:code/cancel-renewal',
      body: optional({}),
      responses: { ...failures, 200: placed },
    },
    unsubscribe: {
      method: 'POST',
      path: '/licenses/:code/unsubscribe',
      body: optional({ approval: z.enum(['automatic', 'manual']).optional() }),
      responses: { ...failures, 200: placed },
    },
    clock: { method: 'GET', path: '/clock', responses: { 200: ClockView } },
    moveClock: {
      method: 'POST',
      path: '/clock',
      body: z.strictObject({
        advance: z.string().optional(),
        to: z.string().optional(),
        wait: z.boolean().default(true),
      }),
      responses: { ...failures, 200: ClockView, 202: ClockView },
    },
    messages: {
      method: 'GET',
      path: '/messages',
      query: z.strictObject({
        license: z.string().optional(),
        activity: ActivityNameSchema.optional(),
        status: MessageStatus.optional(),
        orderId: z.string().optional(),
        after: digits.transform(Number).optional(),
        limit: pageLimit,
      }),
      responses: { ...failures, 200: z.array(MessageView) },
    },
    message: { method: 'GET', path: '/messages/:id', responses: { ...failures, 200: MessageView } },
    restart: {
      method: 'POST',
      path: '/messages/:id/restart',
      body: optional({}),
      responses: { ...failures, 200: MessageView },
    },
  },
  { pathPrefix: '/control' },
);
