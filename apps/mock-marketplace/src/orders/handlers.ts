import type { Handlers } from '@koobridge/ts-rest-koa';
import type { Actions } from '../control/actions.ts';
import { ok, refusalAnswer } from '../control/refusal.ts';
import type { Done } from '../control/turn.ts';
import type { Marketplace } from '../marketplace.ts';
import { lineOf } from '../subscriptions/subscription.ts';
import type { orderRoutes } from './routes.ts';
import { namesOf, orderView } from './view.ts';

export function orderHandlers({ parts }: Marketplace, act: Actions): Handlers<typeof orderRoutes> {
  const { orders, subscriptions } = parts.records;

  const order = (orderId: string) => {
    const found = orders.find(orderId);
    return found === undefined
      ? refusalAnswer('unknown-order')
      : ok(orderView(found, subscriptions.find(found.subscription)));
  };
  const then = async (orderId: string, acted: Promise<Done<undefined>>) => {
    const done = await acted;
    return done.ok ? order(orderId) : refusalAnswer(done.refusal);
  };

  return {
    buy: async ({ body }) => {
      const done = await act.buy(body);
      if (!done.ok) return refusalAnswer(done.refusal);
      const { orderId, subscription } = done.value;
      const names = namesOf(subscriptions.find(subscription));
      return ok({ orderId, orderLineId: lineOf(orderId), ...names, subscription });
    },
    orders: ({ query }) => {
      const found =
        query.subscription === undefined ? orders.list(query.after, query.limit) : orders.of(query.subscription);
      return ok(found.map((one) => orderView(one, subscriptions.find(one.subscription))));
    },
    order: ({ params }) => order(params.orderId),
    pay: ({ params: { orderId } }) => then(orderId, act.pay(orderId)),
    cancel: ({ params: { orderId } }) => then(orderId, act.cancel(orderId)),
    approve: ({ params: { orderId } }) => then(orderId, act.answerUnsubscription(orderId, 'approve')),
    reject: ({ params: { orderId } }) => then(orderId, act.answerUnsubscription(orderId, 'reject')),
  };
}
