import { OrderType } from '@koobridge/contracts';
import * as z from 'zod';
import { CustomerLevel } from '../catalogue/customer-level.ts';
import { iso } from '../clock/calendar.ts';
import { type License, lineOf } from '../licenses/license.ts';
import { expiresAt, type FreezeMoment, lastTerm, nextStep, statusAt } from '../licenses/moments.ts';
import { type Order, OrderStatus } from '../orders/order.ts';

/** What the control API shows. Times are ISO 8601, UTC. */
const time = z.string();

export const LicenseView = z.object({
  code: z.string(),
  status: z.enum(['ACTIVE', 'EXPIRED', 'FROZEN', 'RELEASED']),
  expiresAt: time,
  claimed: z.boolean(),
  claimedAt: time.nullable(),
  activatedAt: time.nullable(),
  orderedAt: time,
  productId: z.string(),
  customerLevel: CustomerLevel,
  quantity: z.number(),
  /** The purchase, then the renewals that were not cancelled. */
  orders: z.array(z.object({ orderId: z.string(), orderLineId: z.string(), period: z.enum(['year', 'month']) })),
  /** What happens if nobody does anything. */
  next: z.object({ kind: z.enum(['FREEZE', 'RELEASE']), at: time }).nullable(),
  /** The unsubscription that waits for the seller. */
  awaitingSeller: z.string().nullable(),
  /** Entries received by the usage statistics API. */
  usageReports: z.number(),
});

export function licenseView(
  license: License,
  now: number,
  moment: FreezeMoment,
  usageReports: number,
): z.output<typeof LicenseView> {
  const { code, claimedAt, activatedAt, orderedAt, customerLevel, quantity, terms, awaiting } = license;
  const next = nextStep(license, moment);
  return {
    code,
    status: statusAt(license, now),
    expiresAt: iso(expiresAt(license)),
    claimed: claimedAt !== null,
    claimedAt: isoOrNull(claimedAt),
    activatedAt: isoOrNull(activatedAt),
    orderedAt: iso(orderedAt),
    productId: lastTerm(license).productId,
    customerLevel,
    quantity,
    orders: terms.map(({ orderId, period }) => ({ orderId, orderLineId: lineOf(orderId), period })),
    next: next === undefined ? null : { kind: next.kind, at: iso(next.at) },
    awaitingSeller: awaiting,
    usageReports,
  };
}

export const OrderView = z.object({
  orderId: z.string(),
  orderLineId: z.string(),
  type: OrderType,
  status: OrderStatus,
  license: z.string(),
  productId: z.string(),
  quantity: z.number(),
  orderedAt: time,
  expiresAt: time.nullable(),
});

export function orderView(order: Order): z.output<typeof OrderView> {
  const { orderId, type, status, license, productId, quantity, orderedAt } = order;
  return {
    orderId,
    orderLineId: lineOf(orderId),
    type,
    status,
    license,
    productId,
    quantity,
    orderedAt: iso(orderedAt),
    expiresAt: isoOrNull(order.expiresAt),
  };
}

export const isoOrNull = (instant: number | null): string | null => (instant === null ? null : iso(instant));
