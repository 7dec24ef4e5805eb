import { resetRoutes } from '../reset/routes.ts';
import { action } from './action.ts';
import type { Command } from './command.ts';
import { exitCode, misuse } from './exit-code.ts';
import { ask, marketOption } from './market/client.ts';
import { read } from './market/options.ts';
import { fields } from './market/print.ts';
import type { Terminal } from './terminal.ts';

export const command: Command = {
  actions: [
    action({
      name: '',
      words: [],
      summary:
        'Empties the marketplace: orders, subscriptions, messages, the clock and what was added to the catalogue.',
      options: {
        ...marketOption,
        seed: { type: 'string', value: 'text', help: 'another seed; else the same one' },
        yes: { type: 'boolean', help: 'does not ask first' },
      },
      run: async (call) => {
        const { seed, yes } = call.values;
        const body = read(resetRoutes.reset.body, seed === undefined ? {} : { seed });
        if (!body.ok) return body;
        if (yes !== true) {
          if (call.terminal.stdin.isTTY !== true) return misuse('nobody can be asked here: say --yes.');
          if (!(await agreed(call.terminal))) {
            call.terminal.stderr.write('Nothing was changed.\n');
            return exitCode.refused;
          }
        }
        return ask(call, (market) => market.reset({ body: body.value }), fields);
      },
    }),
  ],
  examples: ['reset', 'reset --yes', 'reset --yes --seed rehearsal-7'],
};

async function agreed({ stdin, stderr }: Terminal): Promise<boolean> {
  stderr.write('Everything in the marketplace is deleted. Go on? [y/N] ');
  for await (const chunk of stdin) return /^y(es)?$/i.test(Buffer.from(chunk).toString().trim());
  return false;
}
