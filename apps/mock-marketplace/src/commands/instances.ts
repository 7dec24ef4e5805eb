import { subscriptionRoutes } from '../subscriptions/routes.ts';
import { action } from './action.ts';
import type { Command } from './command.ts';
import { misuse } from './exit-code.ts';
import { ask, type Client, marketOption } from './market/client.ts';
import { given, mostListed, pageOptions, read, refundOptions, renewalOptions } from './market/options.ts';
import { columns, fields, more } from './market/print.ts';

const list = action({
  name: 'list',
  words: [],
  summary: 'Lists instances of SaaS and of online Licenses.',
  options: pageOptions,
  run: async (call) => {
    const { after, limit } = call.values;
    const query = read(subscriptionRoutes.instances.query, given({ after, limit }));
    if (!query.ok) return query;
    return ask(
      call,
      (market) => market.instances({ query: query.value }),
      (instances) => [
        ...columns(
          instances.map(({ instanceId, resource, status, trial, expiresAt, productId, quantity, next }) => ({
            instanceId,
            resource,
            status: trial ? `${status} (trial)` : status,
            expiresAt,
            productId,
            quantity,
            next: next === null ? null : `${next.kind} ${next.at}`,
          })),
          'There are no instances: "orders buy saas-yearly" buys one.',
        ),
        ...more(instances, query.value.limit ?? mostListed, ({ resource }) => resource),
      ],
    );
  },
});

const show = action({
  name: 'show',
  words: ['<id>'],
  summary: 'Shows what the store knows of an instance, named by its instanceId or its resource.',
  options: marketOption,
  run: (call) => ask(call, (market) => market.instance({ params: { id: call.words[0] ?? '' } }), fields),
});

const productOption = { type: 'string', value: 'name', help: 'another product of the same listing' } as const;
const quantityOption = { type: 'string', value: 'n', help: 'another quantity' } as const;

const renew = action({
  name: 'renew',
  words: ['<id>'],
  summary: 'Renews it; another product or quantity only after the seller agreed to a change check.',
  options: { ...renewalOptions, product: productOption, quantity: quantityOption },
  run: async (call) => {
    const { period, periods, product, quantity } = call.values;
    const body = read(subscriptionRoutes.renewInstance.body, given({ period, product }, { periods, quantity }));
    if (!body.ok) return body;
    const params = { id: call.words[0] ?? '' };
    return ask(call, (market) => market.renewInstance({ params, body: body.value }), fields);
  },
});

const unsubscribe = action({
  name: 'unsubscribe',
  words: ['<id>'],
  summary: 'Gives it back, within five days.',
  options: refundOptions,
  run: async (call) => {
    const body = read(subscriptionRoutes.unsubscribeInstance.body, given({ approval: call.values.approval }));
    if (!body.ok) return body;
    const params = { id: call.words[0] ?? '' };
    return ask(call, (market) => market.unsubscribeInstance({ params, body: body.value }), fields);
  },
});

const toFormal = action({
  name: 'to-formal',
  words: ['<id>'],
  summary: 'Turns a trial into a formal subscription.',
  options: { ...renewalOptions, product: productOption },
  run: async (call) => {
    const { period, periods, product } = call.values;
    const body = read(subscriptionRoutes.toFormal.body, given({ period, product }, { periods }));
    if (!body.ok) return body;
    return ask(call, (market) => market.toFormal({ params: { id: call.words[0] ?? '' }, body: body.value }), fields);
  },
});

const upgrade = action({
  name: 'upgrade',
  words: ['<id>'],
  summary: 'Changes to a dearer product of the same listing, or to a larger quantity.',
  options: { ...marketOption, product: productOption, quantity: quantityOption },
  run: async (call) => {
    const { product, quantity } = call.values;
    const body = read(subscriptionRoutes.upgrade.body, given({ product }, { quantity }));
    if (!body.ok) return body;
    return ask(call, (market) => market.upgrade({ params: { id: call.words[0] ?? '' }, body: body.value }), fields);
  },
});

const autoRenew = action({
  name: 'auto-renew',
  words: ['<id>', '<on|off>'],
  summary: 'Switches the automatic renewal.',
  options: marketOption,
  run: async (call) => {
    const [id = '', word] = call.words;
    if (word !== 'on' && word !== 'off') return misuse('the automatic renewal is "on" or "off".');
    return ask(call, (market) => market.autoRenewInstance({ params: { id }, body: { on: word === 'on' } }), fields);
  },
});

type PlainRoute = 'cancelInstanceRenewal' | 'look' | 'freezeInstance' | 'unfreezeInstance';

/** What needs nothing but the id. */
const plain = (name: string, summary: string, route: PlainRoute) =>
  action({
    name,
    words: ['<id>'],
    summary,
    options: marketOption,
    run: (call) => {
      const params = { id: call.words[0] ?? '' };
      // What the routes answer is shown alike.
      const asking = (market: Client): Promise<Awaited<ReturnType<Client[PlainRoute]>>> =>
        market[route]({ params, body: {} });
      return ask(call, asking, fields);
    },
  });

export const command: Command = {
  actions: [
    list,
    show,
    renew,
    plain('cancel-renewal', 'Takes the latest renewal back.', 'cancelInstanceRenewal'),
    unsubscribe,
    toFormal,
    upgrade,
    plain('look', 'The buyer opens the resource details: the store asks the seller about the instance.', 'look'),
    plain('freeze', 'Freezes it for a violation.', 'freezeInstance'),
    plain('unfreeze', 'Lifts that.', 'unfreezeInstance'),
    autoRenew,
  ],
  examples: [
    'instances',
    'instances look my-instance-1',
    'instances renew my-instance-1 --product saas-premium-yearly',
    'instances to-formal my-instance-1 --period month',
    'instances upgrade my-instance-1 --quantity 10',
  ],
};
