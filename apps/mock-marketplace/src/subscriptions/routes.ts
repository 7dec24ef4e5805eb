import { ChargingMode } from '@koobridge/contracts';
import * as z from 'zod';
import { CustomerLevel } from '../catalogue/customer-level.ts';
import { Access, PeriodUnit } from '../catalogue/product.ts';
import { failures, nothing, optional, pageLimit, time } from '../control/shapes.ts';
import { Placed } from '../orders/routes.ts';

/** What is done with a subscription once it is bought; License codes are named by their code, all else by the instance id. */

const shared = {
  status: z.enum(['UNPAID', 'OPENING', 'ACTIVE', 'EXPIRED', 'FROZEN', 'RELEASED']),
  expiresAt: time.nullable(),
  orderedAt: time,
  productId: z.string(),
  customer: z.string(),
  customerLevel: CustomerLevel,
  quantity: z.number(),
  autoRenew: z.boolean(),
  /** Frozen by the store, whatever the expiry. */
  violation: z.boolean(),
  /** The purchase, then the renewals that were not cancelled. */
  orders: z.array(
    z.object({ orderId: z.string(), orderLineId: z.string(), period: PeriodUnit.nullable(), periods: z.number() }),
  ),
  /** What happens if nobody does anything. */
  next: z.object({ kind: z.enum(['FREEZE', 'RELEASE', 'RENEW']), at: time }).nullable(),
  /** The unsubscription that waits for the seller. */
  awaitingSeller: z.string().nullable(),
};

export const LicenseView = z.object({
  code: z.string(),
  ...shared,
  claimed: z.boolean(),
  claimedAt: time.nullable(),
  activatedAt: time.nullable(),
  /** Entries received by the usage statistics API. */
  usageReports: z.number(),
});

export const InstanceView = z.object({
  /** How the seller names it; `null` until the seller's server has answered the create. */
  instanceId: z.string().nullable(),
  /** The store's own id of the resource. */
  resource: z.string(),
  access: Access,
  chargingMode: ChargingMode,
  ...shared,
  trial: z.boolean(),
  openedAt: time.nullable(),
});

const period = { period: PeriodUnit.optional(), periods: z.int().min(1).max(99).default(1) };
const refund = optional({ approval: z.enum(['automatic', 'manual']).optional() });
const page = z.strictObject({ after: z.string().optional(), limit: pageLimit });
const placed = { ...failures, 200: Placed };
const license = { ...failures, 200: LicenseView };
const instance = { ...failures, 200: InstanceView };

export const subscriptionRoutes = {
  licenses: {
    method: 'GET',
    path: '/licenses',
    query: page,
    responses: { ...failures, 200: z.array(LicenseView) },
  },
  license: { method: 'GET', path: '/licenses/:code', responses: license },
  claim: { method: 'POST', path: '/licenses/:code/claim', body: nothing, responses: license },
  renew: { method: 'POST', path: '/licenses/:code/renew', body: optional(period), responses: placed },
  cancelRenewal: { method: 'POST', path: '/licenses/:code/cancel-renewal', body: nothing, responses: placed },
  unsubscribe: { method: 'POST', path: '/licenses/:code/unsubscribe', body: refund, responses: placed },
  autoRenew: {
    method: 'POST',
    path: '/licenses/:code/auto-renew',
    body: z.strictObject({ on: z.boolean() }),
    responses: license,
  },
  freeze: { method: 'POST', path: '/licenses/:code/freeze', body: nothing, responses: license },
  unfreeze: { method: 'POST', path: '/licenses/:code/unfreeze', body: nothing, responses: license },

  instances: {
    method: 'GET',
    path: '/instances',
    query: page,
    responses: { ...failures, 200: z.array(InstanceView) },
  },
  instance: { method: 'GET', path: '/instances/:id', responses: instance },
  look: {
    method: 'POST',
    path: '/instances/:id/look',
    summary: 'The buyer opens the resource details: the store asks the seller about the instance, at once',
    body: nothing,
    responses: {
      ...failures,
      200: z.object({ succeeded: z.boolean(), reason: z.string().nullable(), frontEndUrl: z.string().nullable() }),
    },
  },
  renewInstance: {
    method: 'POST',
    path: '/instances/:id/renew',
    summary: 'Renews, with another period or, after a change check, another product or quantity',
    body: optional({ ...period, product: z.string().optional(), quantity: z.int().min(1).max(999_999).optional() }),
    responses: placed,
  },
  cancelInstanceRenewal: { method: 'POST', path: '/instances/:id/cancel-renewal', body: nothing, responses: placed },
  unsubscribeInstance: { method: 'POST', path: '/instances/:id/unsubscribe', body: refund, responses: placed },
  toFormal: {
    method: 'POST',
    path: '/instances/:id/to-formal',
    summary: 'Turns a trial into a formal subscription',
    body: optional({ product: z.string().optional(), ...period }),
    responses: placed,
  },
  upgrade: {
    method: 'POST',
    path: '/instances/:id/upgrade',
    summary: 'Changes to a dearer product of the same listing, or to a larger quantity',
    body: z.strictObject({ product: z.string().optional(), quantity: z.int().min(1).max(999_999).optional() }),
    responses: placed,
  },
  autoRenewInstance: {
    method: 'POST',
    path: '/instances/:id/auto-renew',
    body: z.strictObject({ on: z.boolean() }),
    responses: instance,
  },
  freezeInstance: { method: 'POST', path: '/instances/:id/freeze', body: nothing, responses: instance },
  unfreezeInstance: { method: 'POST', path: '/instances/:id/unfreeze', body: nothing, responses: instance },
} as const;
