import { action } from './action.ts';
import type { Command } from './command.ts';
import { ask, marketOption } from './market/client.ts';

export const command: Command = {
  actions: [
    action({
      name: '',
      words: [],
      summary: 'Shows the seed: a marketplace with the same seed and the same calls has the same history.',
      options: marketOption,
      run: (call) =>
        ask(
          call,
          (market) => market.seed(),
          ({ seed }) => [seed],
        ),
    }),
  ],
  examples: ['seed', 'reset --yes --seed "$(mock-marketplace seed)"'],
};
