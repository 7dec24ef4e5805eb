import { Temporal } from 'temporal-polyfill';
import type { PeriodUnit } from '../catalogue/product.ts';

/** Instants are milliseconds since the epoch, always whole seconds, because the store's times carry no fraction (R13). */

/** The last instant that the clock or an expiry may reach; whatever follows it still has a four-digit year. */
export const latestInstant = Date.UTC(9998, 11, 31, 23, 59, 59);

const durations = { year: 'years', month: 'months', day: 'days' } as const;

/** Whole periods later by the UTC calendar: a month after 31 January is the last day of February. */
export const addPeriods = (instant: number, unit: PeriodUnit, count: number): number =>
  addDuration(instant, { [durations[unit]]: count });

export const addDays = (instant: number, days: number): number => addDuration(instant, { days });

/** Throws a RangeError beyond the years that a date can hold. */
export function addDuration(instant: number, duration: Temporal.Duration | Temporal.DurationLike): number {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('UTC').add(duration).epochMilliseconds;
}

/** The whole second an instant lies in. */
export const wholeSecond = (instant: number): number => instant - (instant % 1000);

/** ISO 8601, UTC. */
export const iso = (instant: number): string => new Date(instant).toISOString();

export const isoOrNull = (instant: number | null): string | null => (instant === null ? null : iso(instant));
