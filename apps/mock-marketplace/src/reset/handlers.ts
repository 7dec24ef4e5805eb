import type { Handlers } from '@koobridge/ts-rest-koa';
import { iso, wholeSecond } from '../clock/calendar.ts';
import { ok, refusalAnswer } from '../control/refusal.ts';
import type { Marketplace } from '../marketplace.ts';
import type { resetRoutes } from './routes.ts';

export function resetHandlers({ parts, mover, turns }: Marketplace): Handlers<typeof resetRoutes> {
  const { records, realNow } = parts;
  return {
    seed: () => ok({ seed: records.seed() }),
    reset: async ({ body }) => {
      // A move holds its turn to its end, which may be long, so it is refused instead of waited for.
      if (mover.progress() !== undefined) return refusalAnswer('clock-moving');
      return turns.take(async () => {
        records.reset(wholeSecond(realNow()), body?.seed ?? records.seed());
        return ok({ seed: records.seed(), now: iso(records.clock.now()) });
      });
    },
  };
}
