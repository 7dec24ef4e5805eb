import { type StoreTime, storeTimeInUtc } from '@koobridge/contracts';
import { Temporal } from 'temporal-polyfill';

/** Turns the store's zoneless times into instants. */
export interface StoreClock {
  /** Milliseconds since the epoch. */
  instant(time: StoreTime): number;
}

/** The zone the store's times are read in (R13). A time that a clock change skips or repeats is read as the zone's rules before the change. */
export function storeClock(timeZone: string): StoreClock {
  if (timeZone === 'UTC') return { instant: storeTimeInUtc };
  return {
    instant: (time) => Temporal.PlainDateTime.from(time).toZonedDateTime(timeZone).epochMilliseconds,
  };
}
