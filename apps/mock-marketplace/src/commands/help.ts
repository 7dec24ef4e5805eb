import type { Action, OptionTable } from './action.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { commands, foreignCommands } from './table.ts';

const program = 'mock-marketplace';

/** The help of the program: every command in a line. */
export const overview = (): string =>
  [
    `${program}: the Huawei Cloud KooGallery store, played on this machine`,
    '',
    ...aligned([...commands, ...foreignCommands].map(({ name, summary }) => [`${program} ${name}`, summary])),
    '',
    ...aligned([
      [`${program} <command> --help`, 'the usage of a command, with examples'],
      [`${program} --version`, 'the version'],
    ]),
    '',
    'Settings of serve, trigger, sign and explain are environment variables: KOOBRIDGE_KEYS, PRODUCTION_ADDRESS and those',
    'that the README lists. The others find the marketplace at --market or MARKET_URL, or else at http://127.0.0.1:8090.',
    '',
    `  KOOBRIDGE_KEYS='{"license":[{"id":"k1","secret":"…"}]}' ${program} serve`,
    `  ${program} orders buy license-yearly`,
    '',
    ...codes(),
    '',
  ].join('\n');

/** The help of one command. */
export function commandHelp(name: string, summary: string, { actions, examples, notes }: Command): string {
  const blocks = actions.map((action) => usageOf(name, action, action === actions[0] && actions.length > 1));
  return [
    `${program} ${name}: ${summary}`,
    '',
    ...blocks.flatMap((lines) => [...lines, '']),
    ...(notes === undefined ? [] : [notes, '']),
    'Every one of these also takes --json, which prints JSON, and --help.',
    '',
    'Examples',
    ...examples.map((example) => `  ${program} ${example}`),
    '',
    ...codes(),
    '',
  ].join('\n');
}

function usageOf(command: string, { name, words, summary, options }: Action, isDefault: boolean): string[] {
  const action = name === '' ? [] : [isDefault ? `[${name}]` : name];
  const line = [program, command, ...action, ...words].join(' ');
  return [`  ${line}`, `      ${summary}`, ...optionLines(options)];
}

const optionLines = (options: OptionTable): string[] =>
  aligned(
    Object.entries(options).map(([name, { value, help, multiple }]) => [
      `    --${name}${value === undefined ? '' : ` ${value}`}${multiple === true ? ' …' : ''}`,
      help,
    ]),
  );

const codes = (): string[] => ['Exit codes', ...aligned(Object.entries(exitCodes))];

/** Two columns, indented. */
export function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}`.trimEnd());
}
