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

const unsubscribe = action({
  name: 'unsubscribe',
  words: ['<code>'],
  summary: 'Gives it back, before it is claimed.',
  options: refundOptions,
  run: async (call) => {
    const body = read(subscriptionRoutes.unsubscribe.body, given({ approval: call.values.approval }));
    if (!body.ok) return body;
    const params = { code: call.words[0] ?? '' };
    return ask(call, (market) => market.unsubscribe({ params, body: body.value }), fields);
  },
});

const autoRenew = action({
  name: 'auto-renew',
  words: ['<code>', '<on|off>'],
  summary: 'Switches the automatic renewal.',
  options: marketOption,
  run: async (call) => {
    const [code = '', word] = call.words;
    if (word !== 'on' && word !== 'off') return misuse('the automatic renewal is "on" or "off".');
    return ask(call, (market) => market.autoRenew({ params: { code }, body: { on: word === 'on' } }), fields);
  },
});

type PlainRoute = 'claim' | 'cancelRenewal' | 'freeze' | 'unfreeze';

/** What needs nothing but the code. */
const plain = (name: string, summary: string, route: PlainRoute) =>
  action({
    name,
    words: ['<code>'],
    summary,
    options: marketOption,
    run: (call) => {
      const params = { code: call.words[0] ?? '' };
      // The routes answer a license or the ids of an order, which are shown alike.
      const asking = (market: Client): Promise<Awaited<ReturnType<Client[PlainRoute]>>> =>
        market[route]({ params, body: {} });
      return ask(call, asking, fields);
    },
  });

export const command: Command = {
  actions: [
    list,
    show,
    plain('claim', 'The buyer takes the code, which may then be activated.', 'claim'),
    renew,
    plain('cancel-renewal', 'Takes the latest renewal back.', 'cancelRenewal'),
    unsubscribe,
    autoRenew,
    plain('freeze', 'Freezes it for a violation.', 'freeze'),
    plain('unfreeze', 'Lifts that.', 'unfreeze'),
  ],
  examples: [
    'licenses',
    'licenses claim PL0123456789ABCDEF',
    'licenses renew PL0123456789ABCDEF --period month --periods 3',
    'licenses auto-renew PL0123456789ABCDEF on',
    'licenses show PL0123456789ABCDEF --json',
  ],
};
