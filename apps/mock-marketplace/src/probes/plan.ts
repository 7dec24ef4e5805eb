import { addDays } from '../clock/calendar.ts';
import type { Records } from '../database/records.ts';

/** The hours of a day (UTC) at which the saved cases are replayed: one in the morning, one in the afternoon (拨测). No page tells them. */
const probeHours = [9, 15] as const;

const subject = 'probes';

/** The first probe after `now`. */
export function nextProbe(now: number): number {
  const midnight = now - (now % 86_400_000);
  const today = probeHours.map((hour) => midnight + hour * 3_600_000).find((at) => at > now);
  return today ?? addDays(midnight, 1) + probeHours[0] * 3_600_000;
}

/** One event stands for all probes of a moment, as long as there is a case to replay. */
export function planProbes({ due, debuggingCases, clock }: Records): void {
  if (debuggingCases.count() === 0) due.cancel(subject, ['PROBE']);
  else if (due.plannedFor(subject, 'PROBE') === undefined) {
    due.plan({ at: nextProbe(clock.now()), kind: 'PROBE', subject, lane: subject });
  }
}
