import { Temporal } from 'temporal-polyfill';
import { addDuration, iso, latestInstant } from './calendar.ts';

/** Where the clock shall go: an ISO 8601 duration (`P30D`) or an instant (`2027-01-01T00:00:00Z`); exactly one of them. */
export interface ClockMove {
  readonly advance?: string | undefined;
  readonly to?: string | undefined;
}

export type Target = { readonly ok: true; readonly instant: number } | { readonly ok: false; readonly error: string };

/** The instant a move leads to, or a sentence saying why it leads nowhere. Calendar arithmetic is done in UTC. */
export function readTarget(move: ClockMove, now: number): Target {
  if ((move.advance === undefined) === (move.to === undefined)) {
    return refuse(
      'give exactly one of "advance" (a duration such as P30D) and "to" (an instant such as 2027-01-01T00:00:00Z)',
    );
  }
  const instant = move.advance === undefined ? readInstant(move.to ?? '') : later(now, move.advance);
  if (instant === undefined) {
    return move.advance === undefined
      ? refuse('"to" is no instant in ISO 8601 with its zone, such as 2027-01-01T00:00:00Z')
      : refuse('"advance" is no ISO 8601 duration within the years of the calendar, such as P30D, P1Y or PT2H');
  }
  if (instant % 1000 !== 0) return refuse('the clock counts whole seconds; leave the fraction out');
  if (instant < now) return refuse(`the clock stands at ${iso(now)} and cannot go back to ${iso(instant)}`);
  if (instant > latestInstant) return refuse(`the clock ends at ${iso(latestInstant)}; choose an earlier instant`);
  return { ok: true, instant };
}

const refuse = (error: string): Target => ({ ok: false, error });

function readInstant(text: string): number | undefined {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return undefined;
  }
}

function later(now: number, text: string): number | undefined {
  try {
    return addDuration(now, Temporal.Duration.from(text));
  } catch {
    return undefined;
  }
}
