import type { Handlers } from '@koobridge/ts-rest-koa';
import { wholeSecond } from '../clock/calendar.ts';
import { ok, refusalAnswer } from '../control/refusal.ts';
import { acting, no } from '../control/turn.ts';
import type { Marketplace } from '../marketplace.ts';
import { nextOrderId } from '../orders/ids.ts';
import { paidFor } from '../orders/paid.ts';
import type { Decision } from '../subscriptions/change.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { accept, appealAgainst, decideAppeal, deliver, type SupervisionRefusal, step } from './decisions.ts';
import type { supervisionRoutes } from './routes.ts';
import type { Supervision } from './supervision.ts';
import { supervisionView } from './views.ts';

interface Supervised {
  readonly subscription: Subscription;
  readonly supervision: Supervision;
}

export function supervisionHandlers(market: Marketplace): Handlers<typeof supervisionRoutes> {
  const { records, draw, moments } = market.parts;
  const { orders, subscriptions, supervisions } = records;
  const { inTurn, write } = acting(market);

  const shown = (orderId: string) => {
    const supervision = supervisions.find(orderId);
    return supervision === undefined ? refusalAnswer('unknown-supervision') : ok(supervisionView(supervision));
  };

  /** Decides on the supervision of an order, and shows where it stands then. */
  const on = async (
    { orderId }: { readonly orderId: string },
    decide: (supervised: Supervised, now: number) => Decision<SupervisionRefusal>,
  ) => {
    const done = await inTurn(() => {
      const supervision = supervisions.find(orderId);
      const subscription = supervision === undefined ? undefined : subscriptions.find(supervision.subscription);
      if (supervision === undefined || subscription === undefined) return no('unknown-supervision');
      if (subscription.phase === 'UNPAID') return no('unpaid');
      return write(decide({ subscription, supervision }, records.clock.now()), undefined);
    });
    return done.ok ? shown(orderId) : refusalAnswer(done.refusal);
  };

  return {
    supervisions: ({ query }) => ok(supervisions.list(query.after, query.limit).map(supervisionView)),
    supervision: ({ params }) => shown(params.orderId),
    submitRequirement: ({ params, body }) =>
      on(params, (supervised, now) => step(supervised, 'submit', body?.requirement ?? null, now)),
    confirmRequirement: ({ params }) => on(params, (supervised, now) => step(supervised, 'confirm', null, now)),
    deliver: ({ params, body }) =>
      on(params, (supervised, now) => {
        const date = body?.openingDate;
        const openingAt = date === undefined ? null : wholeSecond(Date.parse(date));
        return deliver(supervised, body?.evidence ?? null, openingAt, now);
      }),
    acceptDelivery: ({ params }) => on(params, (supervised, now) => accept(supervised, null, now, moments)),
    rejectDelivery: ({ params, body }) => on(params, (supervised, now) => step(supervised, 'reject', body.reason, now)),
    proveDelivery: ({ params, body }) => on(params, (supervised, now) => step(supervised, 'proof', body.proof, now)),
    appeal: ({ params, body }) => on(params, (supervised, now) => appealAgainst(supervised, body, now)),
    decideAppeal: ({ params, body }) =>
      on(params, (supervised, now) => {
        const { subscription } = supervised;
        const refund = { orderId: nextOrderId(subscription, now, draw), paid: paidFor(orders, subscription) };
        return decideAppeal(supervised, body.outcome, refund, now);
      }),
  };
}
