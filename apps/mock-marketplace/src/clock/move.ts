import { type Delivery, Stopping } from '../callbacks/delivery.ts';
import type { Records } from '../database/records.ts';
import type { FreezeMoment } from '../licenses/moments.ts';
import { fire } from './fire.ts';

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
   * Moves the clock forward to `to`, event by event in their order, each with everything it sends. Memory does not grow
   * with the number of events. Rejects with Stopping; the clock then stands at the last event that happened.
   */
  move(to: number): Promise<void>;
  progress(): Progress | undefined;
}

export function mover(records: Records, delivery: Delivery, moment: FreezeMoment, stopping: AbortSignal): Mover {
  const { clock, due } = records;
  let under: Omit<Progress, 'remaining'> | undefined;
  return {
    move: async (to) => {
      const from = clock.now();
      let done = 0;
      under = { from, to, done };
      try {
        for (let event = due.next(to); event !== undefined; event = due.next(to)) {
          if (stopping.aborted) throw new Stopping();
          await fire(event, records, delivery, moment);
          done += 1;
          under = { from, to, done };
        }
        clock.set(to);
      } finally {
        under = undefined;
      }
    },
    progress: () => (under === undefined ? undefined : { ...under, remaining: due.countUntil(under.to) }),
  };
}
