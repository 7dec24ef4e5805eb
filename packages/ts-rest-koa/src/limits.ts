/** How much of a request's body is taken, and for how long. */

import type { AppRoute } from '@ts-rest/core';

export interface Limits {
  /** The largest accepted body, in bytes. */
  bytes: number;
  /** How many bytes beyond `bytes` are still read, and thrown away, so that a client that sends first and reads later gets its answer. */
  drainBytes: number;
  /** Milliseconds from the start of the request until its whole body must have arrived. */
  deadlineMs: number;
  /** Bytes a second at which a body that tells its length may arrive, where that takes longer than `deadlineMs`; without it none may. */
  leastBytesPerSecond?: number;
}

export type LimitsOption = Partial<Limits> | ((route: AppRoute) => Partial<Limits>);

/** 1 MiB, nothing drained, 10 seconds. */
export const defaultLimits: Readonly<Limits> = Object.freeze({ bytes: 1024 * 1024, drainBytes: 0, deadlineMs: 10_000 });

/** Milliseconds for a body whose client declared `length`; a longer one than is taken gets no more time than the longest. */
export function deadlineFor(length: number | undefined, { bytes, deadlineMs, leastBytesPerSecond }: Limits): number {
  if (leastBytesPerSecond === undefined || length === undefined) return deadlineMs;
  return Math.max(deadlineMs, Math.ceil((Math.min(length, bytes) / leastBytesPerSecond) * 1_000));
}

/**
 * The limits in force for a route: what the option leaves out is the default.
 *
 * @throws RangeError if a limit is negative or no number, so that a wrong configuration shows when the server starts.
 */
export function limitsFor(route: AppRoute, option: LimitsOption | undefined): Limits {
  return checkedLimits(typeof option === 'function' ? option(route) : option);
}

/** Fills in the defaults; throws RangeError if a limit is negative or no number. */
export function checkedLimits(given: Partial<Limits> = {}): Limits {
  const limits = { ...defaultLimits, ...given };
  for (const [name, value] of Object.entries(limits)) {
    if (!(value >= 0)) throw new RangeError(`limit ${name} must be a number of at least 0, not ${value}`);
  }
  return limits;
}
