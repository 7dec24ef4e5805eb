import { catalogueRoutes } from '../catalogue/routes.ts';
import { action } from './action.ts';
import type { Command } from './command.ts';
import { readJsonFile } from './files.ts';
import { ask, marketOption } from './market/client.ts';
import { read } from './market/options.ts';
import { columns, fields } from './market/print.ts';

const list = action({
  name: 'list',
  words: [],
  summary: 'Lists what is sold.',
  options: marketOption,
  run: (call) =>
    ask(
      call,
      (market) => market.products(),
      (products) =>
        columns(
          products.map(({ product, listing, access, chargingMode, period, trialDays, price, productId }) => ({
            product,
            listing,
            access,
            chargingMode,
            period,
            trialDays,
            price,
            productId,
          })),
          'Nothing is sold.',
        ),
    ),
});

const save = action({
  name: 'save',
  words: ['<file>'],
  summary: 'Adds a product, or changes one, from a JSON file ("-" for standard input) as "products --json" shows it.',
  options: marketOption,
  run: async (call) => {
    const file = await readJsonFile(call.words[0] ?? '', call.terminal);
    if (!file.ok) return file;
    const body = read(catalogueRoutes.saveProduct.body, file.value);
    if (!body.ok) return body;
    const params = { product: body.value.product };
    return ask(call, (market) => market.saveProduct({ params, body: body.value }), fields);
  },
});

const remove = action({
  name: 'remove',
  words: ['<product>'],
  summary: 'Takes a product out of the catalogue.',
  options: marketOption,
  run: (call) =>
    ask(call, (market) => market.removeProduct({ params: { product: call.words[0] ?? '' }, body: {} }), fields),
});

const sale = action({
  name: 'sale',
  words: ['<listing>', '<ON_SALE|SUSPENDED|WITHDRAWN>'],
  summary: 'Puts a listing on sale, suspends its sale, or withdraws it.',
  options: marketOption,
  run: async (call) => {
    const [listing = '', word] = call.words;
    const body = read(catalogueRoutes.setSale.body, { sale: word?.toUpperCase() });
    return body.ok ? ask(call, (market) => market.setSale({ params: { listing }, body: body.value }), fields) : body;
  },
});

export const command: Command = {
  actions: [list, save, remove, sale],
  examples: ['products', 'products sale saas SUSPENDED', 'products save my-product.json', 'products remove saas-once'],
};
