import { initContract } from '@ts-rest/core';
import * as z from 'zod';
import { licenseStatuses } from '../licenses/license.ts';

const c = initContract();

const Problem = z.object({ error: z.string() });

export const LicenseView = z.object({
  code: z.string(),
  status: z.enum(licenseStatuses),
  /** ISO 8601, UTC; null until a callback has told it. */
  expiresAt: z.string().nullable(),
  /** False while only the store can tell the expiry (R16). */
  expiryConfirmed: z.boolean(),
  updatedAt: z.string(),
});

export const LicenseDetail = LicenseView.extend({
  /** Why the store has not settled an open question about this license yet; null when there is none. */
  confirmation: z
    .object({ reason: z.enum(['expiry', 'adoption']), attempts: z.number(), problem: z.string().nullable() })
    .nullable(),
  orderLines: z.array(
    z.object({
      orderId: z.string(),
      orderLineId: z.string(),
      scene: z.string(),
      productId: z.string().nullable(),
      expiresAt: z.string(),
      appliedAt: z.string(),
    }),
  ),
});

export const CallbackView = z.object({
  id: z.number(),
  receivedAt: z.string(),
  activity: z.string().nullable(),
  subject: z.string().nullable(),
  keyId: z.string(),
  reading: z.string(),
  nonce: z.string(),
  /** The bytes received, as text. */
  body: z.string(),
  resultCode: z.string(),
  /** The member that contradicted an applied order line (R15). */
  conflict: z.string().nullable(),
  durationMs: z.number(),
});

const limit = z.coerce.number().int().min(1).max(200).default(50);

/** What the operators of the server may look at, with the bearer token of KOOBRIDGE_ADMIN_TOKEN. */
export const adminContract = c.router(
  {
    license: {
      method: 'GET',
      path: '/licenses/:code',
      pathParams: z.object({ code: z.string().min(1).max(64) }),
      summary: 'One license, with the order lines that were applied to it',
      responses: { 200: LicenseDetail, 404: Problem },
    },
    licenses: {
      method: 'GET',
      path: '/licenses',
      summary: 'Licenses that need somebody’s attention, at most `limit`, after the code `after`',
      query: z.object({
        attention: z.enum(['expiry-unconfirmed', 'adoption-unverified', 'frozen-unexpired']),
        after: z.string().max(64).default(''),
        limit,
      }),
      responses: { 200: z.object({ licenses: z.array(LicenseView) }) },
    },
    callbacks: {
      method: 'GET',
      path: '/callbacks',
      summary: 'Verified callbacks, newest first; `before` is the id to go on from',
      query: z.object({
        subject: z.string().max(64).optional(),
        conflict: z.literal('true').optional(),
        before: z.coerce.number().int().min(1).optional(),
        limit,
      }),
      responses: { 200: z.object({ callbacks: z.array(CallbackView) }) },
    },
  },
  { pathPrefix: '/admin', commonResponses: { 400: Problem, 401: Problem, 500: Problem } },
);
