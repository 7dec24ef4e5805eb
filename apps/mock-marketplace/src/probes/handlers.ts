import type { Handlers } from '@koobridge/ts-rest-koa';
import { ok, refusalAnswer } from '../control/refusal.ts';
import { acting, no, yes } from '../control/turn.ts';
import { caseView } from '../debugging/views.ts';
import type { Marketplace } from '../marketplace.ts';
import { beginProbes } from './begin.ts';
import type { probeRoutes } from './routes.ts';

export function probeHandlers(market: Marketplace): Handlers<typeof probeRoutes> {
  const { records } = market.parts;
  const { catalogue, debuggingCases } = records;
  const { inTurn } = acting(market);
  return {
    runProbes: async ({ body }) => {
      const done = await inTurn(() => {
        const listing = body?.listing;
        if (listing !== undefined && !catalogue.products().some((product) => product.listing === listing)) {
          return no('unknown-listing');
        }
        const begun = beginProbes(records, listing);
        return yes({ messages: begun.map(({ message }) => message), value: begun.map(({ one }) => one.id) });
      });
      if (!done.ok) return refusalAnswer(done.refusal);
      return ok(
        done.value.flatMap((id) => {
          const one = debuggingCases.find(id);
          return one === undefined ? [] : [caseView(records, one)];
        }),
      );
    },
  };
}
