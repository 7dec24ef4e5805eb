import { CallNameSchema } from '../callbacks/calls.ts';
import { controlContract } from '../control/contract.ts';
import { action } from './action.ts';
import type { Command } from './command.ts';
import { follow } from './follow.ts';
import { ask, marketOption, withMarket } from './market/client.ts';
import { given, mostListed, pageOptions, read } from './market/options.ts';
import { columns, fields, more } from './market/print.ts';

const filters = {
  license: { type: 'string', value: 'code', help: 'only those about a License code' },
  instance: { type: 'string', value: 'id', help: 'only those about an instance' },
  subject: { type: 'string', value: 'id', help: 'only those about a subscription, a credential or a saved case' },
  order: { type: 'string', value: 'id', help: 'only those of an order' },
  activity: { type: 'string', value: 'name', help: `only those of one activity: ${CallNameSchema.options[0]}, …` },
  status: { type: 'string', value: 'name', help: 'SENDING, SUCCEEDED, RETRYING or STOPPED' },
} as const;

const list = action({
  name: 'list',
  words: [],
  summary: 'Lists interface messages, oldest first.',
  options: { ...pageOptions, ...filters },
  run: async (call) => {
    const { license, instance, subject, order, activity, status, after, limit } = call.values;
    const wanted = { license, instanceId: instance, subject, orderId: order, activity, status, after, limit };
    const query = read(controlContract.messages.query, given(wanted));
    if (!query.ok) return query;
    return ask(
      call,
      (market) => market.messages({ query: query.value }),
      (messages) => [
        ...columns(
          messages.map((message) => ({
            id: message.id,
            activity: message.activity,
            command: message.command,
            about: message.license ?? message.instanceId ?? message.subject,
            status: message.status,
            attempts: message.attempts.length,
            next: message.retries.nextAt,
            why: message.attempts.at(-1)?.verdict?.reason ?? message.note,
          })),
          'There are no messages.',
        ),
        ...more(messages, query.value.limit ?? mostListed, ({ id }) => id),
      ],
    );
  },
});

const show = action({
  name: 'show',
  words: ['<id>'],
  summary: 'Shows a message with every attempt: what was signed, sent and answered, and the verdict.',
  options: marketOption,
  run: (call) =>
    ask(
      call,
      (market) => market.message({ params: { id: call.words[0] ?? '' } }),
      ({ attempts, ...message }) => [
        ...fields(message),
        ...attempts.flatMap(({ number, sent, signed, answer, verdict, ...attempt }) => [
          '',
          ...fields({
            attempt: number,
            ...attempt,
            url: sent.url,
            body: sent.body,
            timestamp: signed.timestamp,
            nonce: signed.nonce,
            answer: answer === null ? null : `${answer.status} ${answer.contentType}`,
            answered: answer?.body ?? null,
            verdict:
              verdict === null ? null : verdict.succeeded ? 'succeeded' : `R21 ${verdict.rule}: ${verdict.reason}`,
          }),
        ]),
      ],
    ),
});

const restart = action({
  name: 'restart',
  words: ['<id>'],
  summary: 'Makes the call of a message again, at once and with a fresh token, whatever its status.',
  options: {
    ...marketOption,
    'same-bytes': { type: 'boolean', help: 'with the very bytes of its last call, which must be refused (R3)' },
    times: { type: 'string', value: 'n', help: 'so many calls at once, 50 at most' },
  },
  run: (call) =>
    ask(
      call,
      (market) =>
        market.restart({
          params: { id: call.words[0] ?? '' },
          body: {
            token: call.values['same-bytes'] === true ? 'same' : 'fresh',
            times: Number(call.values.times ?? 1),
          },
        }),
      ({ attempts, ...message }) => fields({ ...message, attempts: attempts.length, last: attempts.at(-1)?.verdict }),
    ),
});

export const command: Command = {
  actions: [
    list,
    show,
    restart,
    action({
      name: 'follow',
      words: [],
      summary: 'Shows calls as they happen, one line out and one line back, until Ctrl-C.',
      options: {
        ...marketOption,
        all: { type: 'boolean', help: 'begins with the first message instead of what comes next' },
      },
      run: (call) => withMarket(call, (market) => follow(market, call.values, call.terminal)),
    }),
  ],
  examples: [
    'messages --status RETRYING',
    'messages list --license PL0123456789ABCDEF --limit 20',
    'messages show 7',
    'messages restart 7',
    'messages restart 7 --times 20',
    'messages restart 7 --same-bytes',
    'messages follow',
  ],
};
