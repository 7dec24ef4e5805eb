import type * as z from 'zod';
import { type OrderView, orderRoutes } from '../orders/routes.ts';
import { action } from './action.ts';
import type { Command } from './command.ts';
import { ask, marketOption } from './market/client.ts';
import { given, mostListed, pageOptions, read } from './market/options.ts';
import { columns, fields, more } from './market/print.ts';

const list = action({
  name: 'list',
  words: [],
  summary: 'Lists orders, oldest first.',
  options: {
    ...pageOptions,
    subscription: { type: 'string', value: 'id', help: 'only those of a code or a resource' },
  },
  run: async (call) => {
    const { after, limit, subscription } = call.values;
    const query = read(orderRoutes.orders.query, given({ after, limit, subscription }));
    if (!query.ok) return query;
    return ask(
      call,
      (market) => market.orders({ query: query.value }),
      (orders) => [
        ...columns(orders.map(row), 'There are no orders.'),
        ...more(orders, query.value.limit ?? mostListed, ({ orderId }) => orderId),
      ],
    );
  },
});

const show = action({
  name: 'show',
  words: ['<orderId>'],
  summary: 'Shows one order.',
  options: marketOption,
  run: (call) => ask(call, (market) => market.order({ params: { orderId: call.words[0] ?? '' } }), fields),
});

const buy = action({
  name: 'buy',
  words: ['<product>'],
  summary: 'Buys a product, or starts its trial; "products" lists what there is.',
  options: {
    ...marketOption,
    customer: { type: 'string', value: 'name', help: 'who buys; else a customer of the level' },
    level: { type: 'string', value: 'V0…V5', help: 'the level of the customer, V0 unless told' },
    quantity: { type: 'string', value: 'n', help: 'how many units, 1 unless told' },
    periods: { type: 'string', value: 'n', help: 'how many periods, 1 unless told' },
    trial: { type: 'boolean', help: 'a trial instead of a purchase' },
  },
  run: async (call) => {
    const { customer, level, quantity, periods, trial } = call.values;
    const body = read(orderRoutes.buy.body, {
      product: call.words[0],
      ...given({ customer, customerLevel: level, trial }, { quantity, periods }),
    });
    return body.ok ? ask(call, (market) => market.buy({ body: body.value }), fields) : body;
  },
});

const answer = (word: 'approve' | 'reject', summary: string) =>
  action({
    name: word,
    words: ['<orderId>'],
    summary,
    options: marketOption,
    run: (call) => ask(call, (market) => market[word]({ params: { orderId: call.words[0] ?? '' }, body: {} }), fields),
  });

export const command: Command = {
  actions: [
    list,
    show,
    buy,
    answer('approve', 'Gives the word of the seller on an unsubscription that waits for it: yes.'),
    answer('reject', 'The same: no.'),
  ],
  examples: [
    'orders buy license-yearly',
    'orders buy saas-monthly --level V3 --periods 2 --quantity 5',
    'orders buy saas-yearly --trial --json',
    'orders --limit 20',
    'orders approve CS2611251430ABCDE',
  ],
};

const row = ({ orderId, type, status, license, instanceId, subscription, productId, orderedAt }: Order) => ({
  orderId,
  type,
  status,
  of: license ?? instanceId ?? subscription,
  productId,
  orderedAt,
});

type Order = z.output<typeof OrderView>;
