import type * as z from 'zod';
import { iso, isoOrNull } from '../clock/calendar.ts';
import { expiresAt, type FreezeMoments, lastTerm, nextSteps, statusAt } from './moments.ts';
import type { InstanceView, LicenseView } from './routes.ts';
import { lineOf, type Subscription } from './subscription.ts';

function shared(subscription: Subscription, now: number, moments: FreezeMoments) {
  const { orderedAt, customer, customerLevel, quantity, autoRenew, violation, terms, awaiting } = subscription;
  const [next] = nextSteps(subscription, moments, now);
  return {
    status: statusAt(subscription, now),
    expiresAt: isoOrNull(expiresAt(subscription)),
    orderedAt: iso(orderedAt),
    productId: lastTerm(subscription).productId,
    customer,
    customerLevel,
    quantity,
    autoRenew,
    violation,
    orders: terms.map(({ orderId, period, count }) => ({
      orderId,
      orderLineId: lineOf(orderId),
      period,
      periods: count,
    })),
    next: next === undefined ? null : { kind: next.kind, at: iso(next.at) },
    awaitingSeller: awaiting,
  };
}

export function licenseView(
  license: Subscription,
  now: number,
  moments: FreezeMoments,
  usageReports: number,
): z.output<typeof LicenseView> {
  const { id, claimedAt, activatedAt } = license;
  return {
    code: id,
    ...shared(license, now, moments),
    claimed: claimedAt !== null,
    claimedAt: isoOrNull(claimedAt),
    activatedAt: isoOrNull(activatedAt),
    usageReports,
  };
}

export function instanceView(
  instance: Subscription,
  now: number,
  moments: FreezeMoments,
): z.output<typeof InstanceView> {
  const { id, instanceId, access, chargingMode, trial, openedAt } = instance;
  return {
    instanceId,
    resource: id,
    access,
    chargingMode,
    ...shared(instance, now, moments),
    trial,
    openedAt: isoOrNull(openedAt),
  };
}
