import { type Explanation, explain, keyClasses } from '@koobridge/contracts';
import { action } from './action.ts';
import { chooseKey, keySettings } from './calling/keys.ts';
import { readRequestText } from './calling/request-text.ts';
import type { Command } from './command.ts';
import { type Ended, exitCode, misuse } from './exit-code.ts';
import { readBytes } from './files.ts';
import { printJson } from './market/print.ts';

export const command: Command = {
  actions: [
    action({
      name: '',
      words: ['[file]'],
      summary:
        'Reads a request from a file or standard input and says whether it verifies or, if not, which mistake would explain it.',
      options: {
        key: { type: 'string', value: 'id|file', help: 'tries this key alone, as one of every class' },
        at: { type: 'string', value: 'instant', help: 'judges the timestamp as of then, such as 2026-11-25T14:00:00Z' },
      },
      run: async ({ values, words: [file = '-'], terminal }) => {
        const at = values.at === undefined ? undefined : Date.parse(values.at);
        if (Number.isNaN(at)) return misuse('--at takes an instant in ISO 8601.');
        const settings = keySettings(terminal, values);
        if (!settings.ok) return settings;
        const choice = values.key === undefined ? undefined : chooseKey(settings.keys, 'base', values.key);
        if (choice?.ok === false) return choice;
        if (file === '-' && terminal.stdin.isTTY === true) {
          terminal.stderr.write('Paste the request, then end with Ctrl-D.\n');
        }
        const bytes = await readBytes(file, terminal);
        if (!bytes.ok) return bytes;
        const keys = choice === undefined ? settings.keys : keyClasses.map((name) => ({ ...choice.key, class: name }));
        const explanation = explain(readRequestText(bytes.value), { keys, now: at ?? terminal.now() });
        if (values.json === true) printJson(explanation, terminal);
        else
          terminal.stdout.write(
            sentences(explanation)
              .map((line) => `${line}\n`)
              .join(''),
          );
        return endOf(explanation);
      },
    }),
  ],
  examples: [
    'sign newInstance | mock-marketplace explain',
    'explain request.txt',
    'explain request.txt --at 2026-11-25T14:00:00Z',
    'explain < pasted-curl.sh',
  ],
  notes: `The request is a curl command line; or the request as it went over the wire, from its first line to its body; or JSON
with method, url, headers and body, as "sign --json" prints it. It ends with 0 when a server would accept the request now
(a nonce that was used before is not known here), with 1 when it would not, and with 2 when it cannot be read.
No key and no text of the request is printed.`,
};

function endOf(explanation: Explanation): Ended {
  if (explanation.outcome === 'unreadable') {
    return explanation.problem === 'no-token' ? exitCode.refused : exitCode.misused;
  }
  return explanation.outcome === 'verifies' && explanation.tokenHolds ? exitCode.done : exitCode.refused;
}

function sentences(explanation: Explanation): string[] {
  if (explanation.outcome === 'unreadable') return [explanation.sentence];
  const { scheme, clockSkewMs, findings } = explanation;
  const around = [
    ...findings.map(({ sentence }) => `- ${sentence}`),
    ...(clockSkewMs === null ? [] : [skew(clockSkewMs)]),
  ];
  switch (explanation.outcome) {
    case 'verifies':
      return [
        `It verifies (${scheme}) with the key "${explanation.keyId}" of the class "${explanation.keyClass}", over the ${explanation.reading} reading.`,
        ...around,
      ];
    case 'mistake':
      return [
        `It does not verify (${scheme}). With the key "${explanation.keyId}" of the class "${explanation.keyClass}" it would, but for this:`,
        ...explanation.mistakes.map(({ sentence, advice }) => `- ${sentence} ${advice}`),
        ...around,
      ];
    case 'unexplained':
      return [
        `It does not verify (${scheme}), and no known mistake explains it: ${explanation.tried} signatures were tried.`,
        ...around,
      ];
  }
}

const skew = (ms: number): string =>
  ms === 0 ? 'Its time is now.' : `Its time lies ${Math.abs(ms)} ms in the ${ms < 0 ? 'past' : 'future'}.`;
