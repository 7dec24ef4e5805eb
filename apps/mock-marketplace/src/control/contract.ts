import { initContract } from '@ts-rest/core';
import * as z from 'zod';
import { CallNameSchema } from '../callbacks/calls.ts';
import { MessagePurpose, MessageStatus } from '../callbacks/message.ts';
import { catalogueRoutes } from '../catalogue/routes.ts';
import { debuggingRoutes } from '../debugging/routes.ts';
import { hostilityRoutes } from '../hostility/routes.ts';
import { kitRoutes } from '../kit/routes.ts';
import { noticeRoutes } from '../notices/routes.ts';
import { onlineLicenseRoutes } from '../online-license/routes.ts';
import { orderRoutes } from '../orders/routes.ts';
import { probeRoutes } from '../probes/routes.ts';
import { resetRoutes } from '../reset/routes.ts';
import { subscriptionRoutes } from '../subscriptions/routes.ts';
import { supervisionRoutes } from '../supervision/routes.ts';
import { testCodeRoutes } from '../test-codes/routes.ts';
import { usageRoutes } from '../usage/routes.ts';
import { MessageView } from './message-view.ts';
import { digits, failures, nothing, optional, pageLimit } from './shapes.ts';

const c = initContract();

const Progress = z.object({ from: z.string(), to: z.string(), done: z.number(), remaining: z.number() });
export const ClockView = z.object({ now: z.string(), moving: Progress.nullable() });

/** How an operator, a test or a console plays the buyer, the seller and the passing of time. Unauthenticated. */
export const controlContract = c.router(
  {
    ...catalogueRoutes,
    ...orderRoutes,
    ...subscriptionRoutes,
    ...debuggingRoutes,
    ...probeRoutes,
    ...noticeRoutes,
    ...supervisionRoutes,
    ...hostilityRoutes,
    ...resetRoutes,
    ...kitRoutes,
    ...usageRoutes,
    ...onlineLicenseRoutes,
    ...testCodeRoutes,
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
    stopClock: {
      method: 'POST',
      path: '/clock/stop',
      summary: 'Ends a move behind the events that are under way; what was not reached falls due later',
      body: nothing,
      responses: { ...failures, 200: ClockView },
    },
    messages: {
      method: 'GET',
      path: '/messages',
      query: z.strictObject({
        license: z.string().optional(),
        instanceId: z.string().optional(),
        subject: z.string().optional(),
        activity: CallNameSchema.optional(),
        status: MessageStatus.optional(),
        orderId: z.string().optional(),
        purpose: MessagePurpose.optional(),
        after: digits.transform(Number).optional(),
        limit: pageLimit,
      }),
      responses: { ...failures, 200: z.array(MessageView) },
    },
    message: { method: 'GET', path: '/messages/:id', responses: { ...failures, 200: MessageView } },
    restart: {
      method: 'POST',
      path: '/messages/:id/restart',
      summary:
        'Makes the call again, at once: with fresh tokens or with the same bytes, once or several times in parallel',
      body: optional({ token: z.enum(['fresh', 'same']).default('fresh'), times: z.int().min(1).max(50).default(1) }),
      responses: { ...failures, 200: MessageView },
    },
  },
  { pathPrefix: '/control' },
);
