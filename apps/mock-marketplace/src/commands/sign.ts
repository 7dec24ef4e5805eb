import { toCurl } from '@koobridge/contracts';
import { action } from './action.ts';
import { compose, type SignedRequest } from './calling/compose.ts';
import { composeV1 } from './calling/compose-v1.ts';
import { callingOptions } from './calling/options.ts';
import type { Command } from './command.ts';
import { exitCode, misuse } from './exit-code.ts';
import { printJson } from './market/print.ts';
import type { Terminal } from './terminal.ts';

export const command: Command = {
  actions: [
    action({
      name: '',
      words: ['<activity>'],
      summary: 'Prints a callback, signed with a key of KOOBRIDGE_KEYS, as a curl command line. Nothing is sent.',
      options: { ...callingOptions, v1: { type: 'boolean', help: 'an activity of the retired V1' } },
      run: async ({ values, words: [activity = ''], terminal }) => {
        if (values.v1 === true) {
          const composed = composeV1(activity, values, terminal);
          return composed.ok ? print(composed.request, values.json ?? false, terminal) : composed;
        }
        const composed = await compose(activity, values, terminal);
        if (!composed.ok) return composed;
        if (composed.undocumented !== undefined) {
          terminal.stderr.write(`Not as documented: ${composed.undocumented}.\n`);
        }
        return print(composed.sign(), values.json ?? false, terminal);
      },
    }),
  ],
  examples: [
    'sign refreshLicenseCode --set license=PL0123456789ABCDEF | sh',
    'sign newInstance --to https://seller.example.com/production --test-flag',
    'sign tenantSync --set name=Acme --set flag:=2',
    'sign newInstance --v1',
    'sign releaseInstance --body body.json --key base-2 --json',
  ],
  notes: `The token is valid for 60 seconds. Keys come from KOOBRIDGE_KEYS or, where that is not set, from .koobridge/start.env.`,
};

function print(request: SignedRequest, json: boolean, terminal: Terminal) {
  const curl = toCurl(request);
  if (json) printJson({ ...request, curl: curl ?? null }, terminal);
  else if (curl === undefined) return misuse('the request holds a NUL, which no command line can carry: use --json.');
  else terminal.stdout.write(`${curl}\n`);
  return exitCode.done;
}
