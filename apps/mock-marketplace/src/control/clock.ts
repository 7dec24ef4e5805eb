import type * as z from 'zod';
import { Stopping } from '../callbacks/delivery.ts';
import { iso } from '../clock/calendar.ts';
import { type ClockMove, readTarget } from '../clock/target.ts';
import type { Marketplace } from '../marketplace.ts';
import type { ClockView } from './contract.ts';

type View = z.output<typeof ClockView>;

export type Moved = { readonly ok: true; readonly view: View } | { readonly ok: false; readonly error: string };

/** Where the clock stands, and how far a move has come. */
export function clockView({ parts, mover }: Marketplace): View {
  const moving = mover.progress();
  return {
    now: iso(parts.records.clock.now()),
    moving: moving === undefined ? null : { ...moving, from: iso(moving.from), to: iso(moving.to) },
  };
}

/**
 * Moves the clock when its turn has come. Answers when everything that fell due was sent or, with `wait` false, as soon
 * as the move has begun; a failure after that goes to `failed`.
 */
export function moveClock(
  market: Marketplace,
  move: ClockMove,
  wait: boolean,
  failed: (error: unknown) => void,
): Promise<Moved> {
  const { parts, mover, turns } = market;
  return new Promise((resolve, reject) => {
    turns
      .take(async () => {
        const target = readTarget(move, parts.records.clock.now());
        if (!target.ok) return resolve(target);
        const moved = mover.move(target.instant);
        if (!wait) resolve({ ok: true, view: clockView(market) });
        await moved;
        resolve({ ok: true, view: clockView(market) });
      })
      .catch((error: unknown) => {
        if (wait) reject(error);
        else if (!(error instanceof Stopping)) failed(error);
      });
  });
}
