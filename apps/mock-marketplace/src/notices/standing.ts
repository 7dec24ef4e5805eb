import * as z from 'zod';

/**
 * How a listing stands with the store: the orders its interface let fail, and the days on which a probe failed. Instants
 * are those of the life-cycle clock, months and days those of UTC.
 */
export const Standing = z.object({
  listing: z.string(),
  /** In the month of the last one. */
  failedOrders: z.number(),
  lastFailedOrderAt: z.number().nullable(),
  /** Consecutive ones, up to the last one. */
  probeFailureDays: z.number(),
  lastFailedProbeAt: z.number().nullable(),
});
export type Standing = z.output<typeof Standing>;

/**
 * More than five failed orders in a month delist a product, and five days of failed probes in a row suspend its sale
 * (`accessg-marketplace/zh-cn_topic_0070649282`). That the month is one of the calendar, that a day fails with one of its
 * probes, and when the warnings begin, no page tells.
 */
export const thresholds = { warningAt: 3, delistedAt: 6, suspendedAfterDays: 5 } as const;

export const blankStanding = (listing: string): Standing => ({
  listing,
  failedOrders: 0,
  lastFailedOrderAt: null,
  probeFailureDays: 0,
  lastFailedProbeAt: null,
});

export const failedOrdersThisMonth = ({ failedOrders, lastFailedOrderAt }: Standing, now: number): number =>
  lastFailedOrderAt !== null && monthOf(lastFailedOrderAt) === monthOf(now) ? failedOrders : 0;

/** A row of days that has not ended before yesterday: today may still become one of them. */
export const probeFailureDays = ({ probeFailureDays: days, lastFailedProbeAt }: Standing, now: number): number =>
  lastFailedProbeAt !== null && dayOf(now) - dayOf(lastFailedProbeAt) <= 1 ? days : 0;

export const withFailedOrder = (standing: Standing, now: number): Standing => ({
  ...standing,
  failedOrders: failedOrdersThisMonth(standing, now) + 1,
  lastFailedOrderAt: now,
});

export function withFailedProbe(standing: Standing, now: number): Standing {
  const { lastFailedProbeAt } = standing;
  const before = probeFailureDays(standing, now);
  const isSameDay = lastFailedProbeAt !== null && dayOf(lastFailedProbeAt) === dayOf(now);
  return { ...standing, probeFailureDays: isSameDay ? before : before + 1, lastFailedProbeAt: now };
}

const monthOf = (instant: number): string => new Date(instant).toISOString().slice(0, 7);

const dayOf = (instant: number): number => Math.floor(instant / 86_400_000);
