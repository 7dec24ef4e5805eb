import { parseArgs } from 'node:util';
import { type Ended, misuse } from './exit-code.ts';
import { suggestion } from './nearest.ts';
import type { Terminal } from './terminal.ts';

/** An option of the command line, as `parseArgs` takes it, with what its help says. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** What stands for the value in the help, for example `P30D`. */
  readonly value?: string;
  readonly help: string;
}
export type OptionTable = Readonly<Record<string, Option>>;

type Values<Options extends OptionTable> = ReturnType<typeof parseArgs<{ options: Options }>>['values'];

/** Options that every action takes. */
export const sharedOptions = {
  json: { type: 'boolean', help: 'prints JSON' },
  help: { type: 'boolean', help: 'prints the help of the command' },
} as const satisfies OptionTable;

export interface Call<Options extends OptionTable> {
  readonly values: Values<Options & typeof sharedOptions>;
  /** As many as `words` of the action names without brackets, then those in brackets as far as they were given. */
  readonly words: readonly string[];
  readonly terminal: Terminal;
}

interface ActionParts<Options extends OptionTable> {
  /** The word behind the command; empty where the command has one action alone. */
  readonly name: string;
  /** What follows: `<code>` must be there, `[file]` may. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly options: Options;
  run(call: Call<Options>): Promise<Ended>;
}

/** One thing that a command does, its types closed over. */
export interface Action extends Omit<ActionParts<OptionTable>, 'run'> {
  run(args: readonly string[], terminal: Terminal): Promise<Ended>;
}

export function action<const Options extends OptionTable>(parts: ActionParts<Options>): Action {
  return {
    ...parts,
    run: async (args, terminal) => {
      const options = { ...parts.options, ...sharedOptions };
      const reading = readArguments(args, options, parts.words);
      return reading.ok
        ? parts.run({ values: reading.values, words: reading.words, terminal })
        : misuse(reading.problem);
    },
  };
}

type Reading<Options extends OptionTable> =
  | { readonly ok: true; readonly values: Values<Options>; readonly words: readonly string[] }
  | { readonly ok: false; readonly problem: string };

function readArguments<Options extends OptionTable>(
  given: readonly string[],
  options: Options,
  words: readonly string[],
): Reading<Options> {
  const args = [...given];
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option' || Object.hasOwn(options, token.name)) continue;
    const names = Object.keys(options).map((name) => `--${name}`);
    return no(`there is no option ${token.rawName}.${suggestion(token.rawName, names)}`);
  }
  try {
    const { values, positionals } = parseArgs<{ options: Options; allowPositionals: true; args: string[] }>({
      args,
      options,
      allowPositionals: true,
    });
    const missing = words[positionals.length];
    if (missing?.startsWith('<') === true) return no(`${missing} is missing.`);
    const extra = positionals[words.length];
    return extra === undefined ? { ok: true, values, words: positionals } : no(`"${extra}" is one word too many.`);
  } catch (error) {
    return no(error instanceof Error ? error.message : String(error));
  }
}

const no = (problem: string) => ({ ok: false, problem }) as const;
