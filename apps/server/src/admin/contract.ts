import { initContract } from '@ts-rest/core';
import * as z from 'zod';
import { lifeStatuses } from '../life/life.ts';
import { channels } from '../outbox/tables.ts';
import { openApiRoutes } from './open-api-routes.ts';
import { Problem } from './problem.ts';
import { instanceAttention, licenseAttention } from './queries.ts';

const c = initContract();

const life = {
  status: z.enum(lifeStatuses),
  /** ISO 8601, UTC; null until a callback has told it. */
  expiresAt: z.string().nullable(),
  /** False while only the store can tell the expiry (R16). */
  expiryConfirmed: z.boolean(),
  updatedAt: z.string(),
};

const detail = {
  /** Why the store has not settled an open question yet; null when there is none. */
  confirmation: z
    .object({ reason: z.enum(['expiry', 'adoption', 'order']), attempts: z.number(), problem: z.string().nullable() })
    .nullable(),
  orderLines: z.array(
    z.object({
      orderId: z.string(),
      orderLineId: z.string(),
      activity: z.string(),
      /** Empty where the activity knows none. */
      scene: z.string(),
      productId: z.string().nullable(),
      /** Null where the line brought no expiry. */
      expiresAt: z.string().nullable(),
      appliedAt: z.string(),
    }),
  ),
};

export const LicenseView = z.object({ code: z.string(), ...life });
export const LicenseDetail = LicenseView.extend(detail);

/** An instance, without what the buyer gets of it (R27). */
export const InstanceView = z.object({
  instanceId: z.string(),
  ...life,
  /** `PENDING` until the seller's provisioning handler has made it. */
  provisioning: z.enum(['PENDING', 'READY']),
  orderId: z.string(),
  /** Empty for an order of V1. */
  orderLineId: z.string(),
});
export const InstanceDetail = InstanceView.extend(detail);

/** What the Kit told of a tenant, without secrets. */
export const TenantRecordView = z.object({
  /** Empty while the seller applied for a credential. */
  instanceId: z.string(),
  kind: z.enum(['tenant', 'application', 'user', 'department']),
  data: z.record(z.string(), z.unknown()),
});

export const CallbackView = z.object({
  id: z.number(),
  receivedAt: z.string(),
  activity: z.string().nullable(),
  subject: z.string().nullable(),
  keyId: z.string(),
  reading: z.string(),
  nonce: z.string(),
  /** The bytes received, as text; null where only their hash is kept (R27). */
  body: z.string().nullable(),
  /** Hex, of a body that is not kept. */
  bodySha256: z.string().nullable(),
  resultCode: z.string(),
  /** The member that contradicted an applied order line (R15). */
  conflict: z.string().nullable(),
  durationMs: z.number(),
});

/** One event on its way through one channel, without its data. */
export const EventView = z.object({
  /** Its place in the line, to go on from. */
  position: z.number(),
  /** `evt_…`, as the receiver knows it. */
  id: z.string(),
  channel: z.enum(channels),
  type: z.string(),
  subject: z.string(),
  createdAt: z.string(),
  attempts: z.number(),
  /** Null while it waits behind another of its subject, and when it is dead. */
  nextAttemptAt: z.string().nullable(),
  /** When it was given up. */
  diedAt: z.string().nullable(),
  /** Why the last attempt failed. */
  problem: z.string().nullable(),
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
        attention: z.enum(licenseAttention),
        after: z.string().max(64).default(''),
        limit,
      }),
      responses: { 200: z.object({ licenses: z.array(LicenseView) }) },
    },
    instance: {
      method: 'GET',
      path: '/instances/:id',
      pathParams: z.object({ id: z.string().min(1).max(64) }),
      summary: 'One instance, with the order lines that were applied to it',
      responses: { 200: InstanceDetail, 404: Problem },
    },
    instances: {
      method: 'GET',
      path: '/instances',
      summary: 'Instances that need somebody’s attention, at most `limit`, after the id `after`',
      query: z.object({ attention: z.enum(instanceAttention), after: z.string().max(64).default(''), limit }),
      responses: { 200: z.object({ instances: z.array(InstanceView) }) },
    },
    tenant: {
      method: 'GET',
      path: '/tenants/:id',
      pathParams: z.object({ id: z.string().min(1).max(64) }),
      summary: 'What the Kit told of a tenant: applications, users and departments, at most 1,000',
      responses: { 200: z.object({ tenantId: z.string(), records: z.array(TenantRecordView) }), 404: Problem },
    },
    purgeTenant: {
      method: 'DELETE',
      path: '/tenants/:id',
      pathParams: z.object({ id: z.string().min(1).max(64) }),
      summary: 'Forgets everything the Kit told of a tenant that was dissolved, its users and departments included',
      body: c.noBody(),
      responses: { 200: z.object({ purged: z.string() }), 404: Problem, 409: Problem },
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
    events: {
      method: 'GET',
      path: '/events',
      summary:
        'Events that were given up, or that have not left yet, oldest first; `after` is the position to go on from',
      query: z.object({
        state: z.enum(['dead', 'waiting']),
        after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
        limit,
      }),
      responses: { 200: z.object({ events: z.array(EventView) }) },
    },
    replayEvent: {
      method: 'POST',
      path: '/events/:id/replay',
      pathParams: z.object({ id: z.string().min(1).max(64) }),
      summary: 'Sends an event that was given up once more, behind what waits for its subject',
      body: c.noBody(),
      responses: { 200: z.object({ replayed: z.string() }), 404: Problem, 409: Problem },
    },
    skipEvent: {
      method: 'POST',
      path: '/events/:id/skip',
      pathParams: z.object({ id: z.string().min(1).max(64) }),
      query: z.object({ channel: z.enum(channels).optional() }),
      summary: 'Gives up an event that waits, so that the next of its subject goes on; it may be replayed later',
      body: c.noBody(),
      responses: { 200: z.object({ skipped: z.string() }), 404: Problem, 409: Problem },
    },
    ...openApiRoutes,
  },
  { pathPrefix: '/admin', commonResponses: { 400: Problem, 401: Problem, 500: Problem } },
);
