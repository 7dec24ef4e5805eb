import type { Handlers } from '@koobridge/ts-rest-koa';
import { products } from '../catalogue/product.ts';
import { lineOf } from '../licenses/license.ts';
import type { Marketplace } from '../marketplace.ts';
import { actions, type Done } from './actions.ts';
import { clockView, moveClock } from './clock.ts';
import type { controlContract } from './contract.ts';
import { messageView } from './message-view.ts';
import { refusalAnswer } from './refusal.ts';
import { licenseView, orderView } from './views.ts';

/** The control API: reads at once, everything else in its turn. `report` gets failures that no answer carries. */
export function controlHandlers(
  market: Marketplace,
  report: (error: unknown) => void,
): Handlers<typeof controlContract> {
  const { records, moment } = market.parts;
  const act = actions(market);

  const license = (code: string) => {
    const found = records.licenses.find(code);
    if (found === undefined) return refusalAnswer('unknown-license');
    return ok(licenseView(found, records.clock.now(), moment, records.licenses.usageReports(code)));
  };
  const order = (orderId: string) => {
    const found = records.orders.find(orderId);
    return found === undefined ? refusalAnswer('unknown-order') : ok(orderView(found));
  };
  const view = (message: Parameters<typeof messageView>[0]) =>
    messageView(message, records.attempts.of(message.id), records.due.plannedFor(String(message.id), 'RETRY'));
  const message = (id: string) => {
    const found = records.messages.find(messageNumber(id));
    return found === undefined ? refusalAnswer('unknown-message') : ok(view(found));
  };
  const placed = (done: Done<string>) =>
    done.ok ? ok({ orderId: done.value, orderLineId: lineOf(done.value) }) : refusalAnswer(done.refusal);
  const answered = async (orderId: string, word: 'approve' | 'reject') => {
    const done = await act.answerUnsubscription(orderId, word);
    return done.ok ? order(orderId) : refusalAnswer(done.refusal);
  };

  return {
    products: () => ok(products.map(({ name, ...product }) => ({ product: name, ...product }))),
    buy: async ({ body }) => {
      const done = await act.buy(body.product, body.customerLevel, body.quantity);
      return done.ok ? ok({ ...done.value, orderLineId: lineOf(done.value.orderId) }) : refusalAnswer(done.refusal);
    },
    order: ({ params }) => order(params.orderId),
    approve: ({ params }) => answered(params.orderId, 'approve'),
    reject: ({ params }) => answered(params.orderId, 'reject'),
    licenses: ({ query }) => {
      const now = records.clock.now();
      const found = records.licenses.list(query.after, query.limit);
      return ok(found.map((one) => licenseView(one, now, moment, records.licenses.usageReports(one.code))));
    },
    license: ({ params }) => license(params.code),
    claim: async ({ params }) => {
      const done = await act.claim(params.code);
      return done.ok ? license(params.code) : refusalAnswer(done.refusal);
    },
    renew: async ({ params, body }) => placed(await act.renew(params.code, body?.period)),
    cancelRenewal: async ({ params }) => placed(await act.cancelRenewal(params.code)),
    unsubscribe: async ({ params, body }) => placed(await act.unsubscribe(params.code, body?.approval ?? 'automatic')),
    clock: () => ok(clockView(market)),
    moveClock: async ({ body }) => {
      const moved = await moveClock(market, body, body.wait, report);
      if (!moved.ok) return { status: 400, body: { error: moved.error } };
      return { status: body.wait ? 200 : 202, body: moved.view };
    },
    messages: ({ query }) => ok(records.messages.list(query).map(view)),
    message: ({ params }) => message(params.id),
    restart: async ({ params }) => {
      const done = await act.restart(messageNumber(params.id));
      return done.ok ? message(params.id) : refusalAnswer(done.refusal);
    },
  };
}

/** The number of a message from its id, or 0, which no message has: JavaScript alone would also read `0x1` and `1e0`. */
const messageNumber = (id: string): number => (/^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0);

const ok = <const Body>(body: Body): { readonly status: 200; readonly body: Body } => ({ status: 200, body });
