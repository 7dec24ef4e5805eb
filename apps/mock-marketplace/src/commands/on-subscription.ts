import type * as z from 'zod';
import { subscriptionRoutes } from '../subscriptions/routes.ts';
import { type Action, action } from './action.ts';
import { misuse } from './exit-code.ts';
import { ask, type Client, marketOption } from './market/client.ts';
import { given, read, refundOptions } from './market/options.ts';
import { fields } from './market/print.ts';

/** What is done with a License code and with an instance alike; `word` stands for its name in the usage. */

type Answered = { readonly status: number; readonly body: unknown };
type Refund = z.output<typeof subscriptionRoutes.unsubscribe.body>;

/** What needs nothing but the name. */
export const plain = (
  word: string,
  name: string,
  summary: string,
  asking: (market: Client, subject: string) => Promise<Answered>,
): Action =>
  action({
    name,
    words: [word],
    summary,
    options: marketOption,
    run: (call) => ask(call, (market) => asking(market, call.words[0] ?? ''), shown),
  });

export const autoRenew = (
  word: string,
  asking: (market: Client, subject: string, body: { readonly on: boolean }) => Promise<Answered>,
): Action =>
  action({
    name: 'auto-renew',
    words: [word, '<on|off>'],
    summary: 'Switches the automatic renewal.',
    options: marketOption,
    run: async (call) => {
      const [subject = '', state] = call.words;
      if (state !== 'on' && state !== 'off') return misuse('the automatic renewal is "on" or "off".');
      return ask(call, (market) => asking(market, subject, { on: state === 'on' }), shown);
    },
  });

export const unsubscribe = (
  word: string,
  summary: string,
  asking: (market: Client, subject: string, body: Refund) => Promise<Answered>,
): Action =>
  action({
    name: 'unsubscribe',
    words: [word],
    summary,
    options: refundOptions,
    run: async (call) => {
      const body = read(subscriptionRoutes.unsubscribe.body, given({ approval: call.values.approval }));
      if (!body.ok) return body;
      return ask(call, (market) => asking(market, call.words[0] ?? '', body.value), shown);
    },
  });

/** The routes answer a license, an instance, the ids of an order, or what a look has shown: objects all. */
const shown = (body: unknown): readonly string[] => fields(Object(body));
