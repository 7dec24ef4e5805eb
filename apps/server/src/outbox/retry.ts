import type { Channel } from './tables.ts';

interface Patience {
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly mostAttempts: number;
}

const minuteMs = 60_000;

/** Both are given about three days: what has not succeeded by then needs somebody, and must not hold its subject up for ever. */
const patience: Readonly<Record<Channel, Patience>> = {
  webhook: { firstPauseMs: 5_000, longestPauseMs: 6 * 60 * minuteMs, mostAttempts: 22 },
  handler: { firstPauseMs: 1_000, longestPauseMs: 10 * minuteMs, mostAttempts: 350 },
};

/** Whether none may follow: `attempts` were made, or begun when the process ended. */
export const wasLast = (channel: Channel, attempts: number): boolean => attempts >= patience[channel].mostAttempts;

export const longestPauseOf = (channel: Channel): number => patience[channel].longestPauseMs;

/**
 * The pause in milliseconds after an attempt that failed, or undefined when it was the last. `attempts` counts those
 * before it; `random`, 0 up to 1, makes the pause up to half as long again, so that many do not come back at once.
 */
export function pauseAfterFailure(channel: Channel, attempts: number, random: number): number | undefined {
  const { firstPauseMs, longestPauseMs, mostAttempts } = patience[channel];
  if (attempts + 1 >= mostAttempts) return undefined;
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts, 20)) * (1 + random / 2);
}
