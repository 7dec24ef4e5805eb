import { catalogueRoutes } from '../catalogue/routes.ts';
import { action } from './action.ts';
import type { Command } from './command.ts';
import { ask, marketOption } from './market/client.ts';
import { given, read } from './market/options.ts';
import { columns, fields } from './market/print.ts';

const list = action({
  name: 'list',
  words: [],
  summary: 'Lists who buys.',
  options: marketOption,
  run: (call) =>
    ask(
      call,
      (market) => market.customers(),
      (customers) => columns(customers, 'There are no customers.'),
    ),
});

const save = action({
  name: 'save',
  words: ['<customer>'],
  summary: 'Adds a customer, or changes one.',
  options: {
    ...marketOption,
    name: { type: 'string', value: 'text', help: 'how the customer is called' },
    level: { type: 'string', value: 'V0…V5', help: 'decides how long what has expired is kept' },
  },
  run: async (call) => {
    const [customer = ''] = call.words;
    const { name, level } = call.values;
    const body = read(catalogueRoutes.saveCustomer.body, { customer, name, ...given({ level }) });
    return body.ok
      ? ask(call, (market) => market.saveCustomer({ params: { customer }, body: body.value }), fields)
      : body;
  },
});

export const command: Command = {
  actions: [list, save],
  examples: ['customers', 'customers save acme --name "Acme Ltd" --level V4'],
};
