import type { Command } from './command.ts';
import { type ExitCode, exitCode, type Misuse } from './exit-code.ts';
import { commandHelp, overview } from './help.ts';
import { suggestion } from './nearest.ts';
import { type CommandEntry, commands, foreignCommands } from './table.ts';
import type { Terminal } from './terminal.ts';

/** Runs what the command line asks for. Rejects only with what nobody expected. */
export async function run(args: readonly string[], version: string, terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  const { stdout, stderr } = terminal;
  if (name === '--help' || name === '-h' || name === 'help') {
    stdout.write(overview());
    return exitCode.done;
  }
  if (name === '--version') {
    stdout.write(`${version}\n`);
    return exitCode.done;
  }
  const foreign = foreignCommands.find((each) => each.name === name);
  if (foreign !== undefined) return foreign.run(rest, terminal);
  const entry = commands.find((each) => each.name === name);
  if (entry === undefined) {
    const known = [...commands, ...foreignCommands].map((each) => each.name);
    if (name !== undefined) stderr.write(`There is no command "${name}".${suggestion(name, known)}\n\n`);
    stderr.write(overview());
    return exitCode.misused;
  }
  const { command } = await entry.load();
  if (wantsHelp(rest)) {
    stdout.write(commandHelp(entry.name, entry.summary, command));
    return exitCode.done;
  }
  const ended = await runAction(command, rest, terminal);
  return typeof ended === 'number' ? ended : refuse(entry, ended, terminal);
}

const wantsHelp = (args: readonly string[]): boolean => {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).some((word) => word === '--help' || word === '-h');
};

async function runAction({ actions }: Command, args: readonly string[], terminal: Terminal) {
  const [first] = actions;
  if (first.name === '') return first.run(args, terminal);
  const [word, ...rest] = args;
  if (word === undefined || word.startsWith('-')) return first.run(args, terminal);
  const named = actions.find(({ name }) => name === word);
  if (named !== undefined) return named.run(rest, terminal);
  const names = actions.map(({ name }) => name);
  return { misuse: `"${word}" is none of ${names.join(', ')}.${suggestion(word, names)}` };
}

function refuse({ name }: CommandEntry, { misuse }: Misuse, { stderr }: Terminal): ExitCode {
  stderr.write(`mock-marketplace ${name}: ${misuse}\n"mock-marketplace ${name} --help" tells how it is used.\n`);
  return exitCode.misused;
}
