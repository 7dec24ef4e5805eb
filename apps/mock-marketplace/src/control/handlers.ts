import type { Handlers } from '@koobridge/ts-rest-koa';
import { catalogueHandlers } from '../catalogue/handlers.ts';
import { debuggingHandlers } from '../debugging/handlers.ts';
import { hostilityHandlers } from '../hostility/handlers.ts';
import { kitHandlers } from '../kit/handlers.ts';
import type { Marketplace } from '../marketplace.ts';
import { noticeHandlers } from '../notices/handlers.ts';
import { onlineLicenseHandlers } from '../online-license/handlers.ts';
import { orderHandlers } from '../orders/handlers.ts';
import { probeHandlers } from '../probes/handlers.ts';
import { resetHandlers } from '../reset/handlers.ts';
import { subscriptionHandlers } from '../subscriptions/handlers.ts';
import { supervisionHandlers } from '../supervision/handlers.ts';
import { testCodeHandlers } from '../test-codes/handlers.ts';
import { usageHandlers } from '../usage/handlers.ts';
import { actions } from './actions.ts';
import { clockView, moveClock } from './clock.ts';
import type { controlContract } from './contract.ts';
import { messageView } from './message-view.ts';
import { ok, refusalAnswer } from './refusal.ts';

/** The control API: reads at once, everything else in its turn. `report` gets failures that no answer carries. */
export function controlHandlers(
  market: Marketplace,
  report: (error: unknown) => void,
): Handlers<typeof controlContract> {
  const { records } = market.parts;
  const act = actions(market);

  const view = (message: Parameters<typeof messageView>[0]) =>
    messageView(message, records.attempts.of(message.id), records.due.plannedFor(String(message.id), 'RETRY'));
  const message = (id: string) => {
    const found = records.messages.find(messageNumber(id));
    return found === undefined ? refusalAnswer('unknown-message') : ok(view(found));
  };

  return {
    ...catalogueHandlers(market),
    ...orderHandlers(market, act),
    ...subscriptionHandlers(market, act),
    ...hostilityHandlers(market),
    ...debuggingHandlers(market),
    ...probeHandlers(market),
    ...noticeHandlers(market),
    ...supervisionHandlers(market),
    ...resetHandlers(market),
    ...kitHandlers(market),
    ...usageHandlers(market),
    ...onlineLicenseHandlers(market),
    ...testCodeHandlers(market),
    clock: () => ok(clockView(market)),
    stopClock: () => (market.mover.halt() ? ok(clockView(market)) : refusalAnswer('clock-stands')),
    moveClock: async ({ body }) => {
      // Who does not wait must not have to wait for another move's end.
      if (!body.wait && market.mover.progress() !== undefined) return refusalAnswer('clock-moving');
      const moved = await moveClock(market, body, body.wait, report);
      if (!moved.ok) return { status: 400, body: { error: moved.error } };
      return { status: body.wait ? 200 : 202, body: moved.view };
    },
    messages: ({ query }) => ok(records.messages.list(query).map(view)),
    message: ({ params }) => message(params.id),
    restart: async ({ params, body }) => {
      const done = await act.restart(messageNumber(params.id), body ?? { token: 'fresh', times: 1 });
      return done.ok ? message(params.id) : refusalAnswer(done.refusal);
    },
  };
}

/** The number of a message from its id, or 0, which no message has: JavaScript alone would also read `0x1` and `1e0`. */
const messageNumber = (id: string): number => (/^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0);
