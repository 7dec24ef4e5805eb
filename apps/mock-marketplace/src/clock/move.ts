import { Stopping } from '../callbacks/delivery.ts';
import { fire, type HappeningParts } from './fire.ts';

/** A move that is under way. Instants are those of the life-cycle clock. */
export interface Progress {
  readonly from: number;
  readonly to: number;
  /** Events that have happened so far. */
  readonly done: number;
  /** Events due until `to` as far as they are planned by now; those may plan more. */
  readonly remaining: number;
}

export interface Mover {
  /**
   * Moves the clock forward to `to`, event by event in their order, each with everything it sends; up to `sideBySide` of
   * one instant at a time, where they are about different subjects. Memory does not grow with the number of events. Rejects with Stopping; the clock then stands at the last event that happened.
   */
  move(to: number): Promise<void>;
  progress(): Progress | undefined;
  /** Ends a move behind the events that are under way; the clock then stands there. `false` if none is. */
  halt(): boolean;
}

/** Enough to keep a seller's server busy, and few enough that it would notice a store that knocks like this. */
const sideBySide = 8;

export function mover(parts: HappeningParts, stopping: AbortSignal): Mover {
  const { clock, due } = parts.records;
  let under: Omit<Progress, 'remaining'> | undefined;
  let halted = false;
  return {
    move: async (to) => {
      const from = clock.now();
      let done = 0;
      under = { from, to, done };
      halted = false;
      try {
        for (let events = due.nextTogether(to, sideBySide); events.length > 0; ) {
          if (halted) return;
          if (stopping.aborted) throw new Stopping();
          await together(
            events.map(async (event) => {
              await fire(event, parts);
              done += 1;
              under = { from, to, done };
            }),
          );
          events = due.nextTogether(to, sideBySide);
        }
        clock.set(to);
      } finally {
        under = undefined;
      }
    },
    halt: () => {
      halted = true;
      return under !== undefined;
    },
    progress: () => (under === undefined ? undefined : { ...under, remaining: due.countUntil(under.to) }),
  };
}

/** Waits for all, then fails with the first failure, so that nothing goes on behind the back of whoever hears of it. */
async function together(works: readonly Promise<void>[]): Promise<void> {
  for (const { status, ...ended } of await Promise.allSettled(works)) {
    if (status === 'rejected' && 'reason' in ended) throw ended.reason;
  }
}
