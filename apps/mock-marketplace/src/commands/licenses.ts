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
  summary: 'Lists License codes.',
  options: pageOptions,
  run: async (call) => {
    const { after, limit } = call.values;
    const query = read(subscriptionRoutes.licenses.query, given({ after, limit }));
    if (!query.ok) return query;
    return ask(
      call,
      (market) => market.licenses({ query: query.value }),
      (licenses) => [
        ...columns(
          licenses.map(({ code, status, expiresAt, claimed, productId, customerLevel, next }) => ({
            code,
            status,
            expiresAt,
            claimed,
            productId,
            level: customerLevel,
            next: next === null ? null : `${next.kind} ${next.at}`,
          })),
          'There are no License codes: "orders buy license-yearly" buys one.',
        ),
        ...more(licenses, query.value.limit ?? mostListed, ({ code }) => code),
      ],
    );
  },
});

const show = action({
  name: 'show',
  words: ['<code>'],
  summary: 'Shows what the store knows of a code.',
  options: marketOption,
  run: (call) => ask(call, (market) => market.license({ params: { code: call.words[0] ?? '' } }), fields),
});

const renew = action({
  name: 'renew',
  words: ['<code>'],
  summary: 'Renews it, by the same period or another.',
  options: renewalOptions,
  run: async (call) => {
    const { period, periods } = call.values;
    const body = read(subscriptionRoutes.renew.body, given({ period }, { periods }));
    if (!body.ok) return body;
    return ask(call, (market) => market.renew({ params: { code: call.words[0] ?? '' }, body: body.value }), fields);
  },
});

export const command: Command = {
  actions: [
    list,
    show,
    plain('<code>', 'claim', 'The buyer takes the code, which may then be activated.', (market, code) =>
      market.claim({ params: { code }, body: {} }),
    ),
    renew,
    plain('<code>', 'cancel-renewal', 'Takes the latest renewal back.', (market, code) =>
      market.cancelRenewal({ params: { code }, body: {} }),
    ),
    unsubscribe('<code>', 'Gives it back, before it is claimed.', (market, code, body) =>
      market.unsubscribe({ params: { code }, body }),
    ),
    autoRenew('<code>', (market, code, body) => market.autoRenew({ params: { code }, body })),
    plain('<code>', 'freeze', 'Freezes it for a violation.', (market, code) =>
      market.freeze({ params: { code }, body: {} }),
    ),
    plain('<code>', 'unfreeze', 'Lifts that.', (market, code) => market.unfreeze({ params: { code }, body: {} })),
  ],
  examples: [
    'licenses',
    'licenses claim PL0123456789ABCDEF',
    'licenses renew PL0123456789ABCDEF --period month --periods 3',
    'licenses auto-renew PL0123456789ABCDEF on',
    'licenses show PL0123456789ABCDEF --json',
  ],
};
