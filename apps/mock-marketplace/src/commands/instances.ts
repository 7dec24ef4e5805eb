import { subscriptionRoutes } from '../subscriptions/routes.ts';
import { action } from './action.ts';
import type { Command } from './command.ts';
import { ask, marketOption } from './market/client.ts';
import { given, mostListed, pageOptions, read, renewalOptions } from './market/options.ts';
import { columns, fields, more } from './market/print.ts';
import { autoRenew, plain, unsubscribe } from './on-subscription.ts';

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

export const command: Command = {
  actions: [
    list,
    show,
    renew,
    plain('<id>', 'cancel-renewal', 'Takes the latest renewal back.', (market, id) =>
      market.cancelInstanceRenewal({ params: { id }, body: {} }),
    ),
    unsubscribe('<id>', 'Gives it back, within five days.', (market, id, body) =>
      market.unsubscribeInstance({ params: { id }, body }),
    ),
    toFormal,
    upgrade,
    plain(
      '<id>',
      'look',
      'The buyer opens the resource details: the store asks the seller about the instance.',
      (market, id) => market.look({ params: { id }, body: {} }),
    ),
    plain('<id>', 'freeze', 'Freezes it for a violation.', (market, id) =>
      market.freezeInstance({ params: { id }, body: {} }),
    ),
    plain('<id>', 'unfreeze', 'Lifts that.', (market, id) => market.unfreezeInstance({ params: { id }, body: {} })),
    autoRenew('<id>', (market, id, body) => market.autoRenewInstance({ params: { id }, body })),
  ],
  examples: [
    'instances',
    'instances look my-instance-1',
    'instances renew my-instance-1 --product saas-premium-yearly',
    'instances to-formal my-instance-1 --period month',
    'instances upgrade my-instance-1 --quantity 10',
  ],
};
