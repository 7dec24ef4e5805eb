import { conform } from '../src/index.ts';
import { keys } from './reference/keys.ts';

export interface Ran {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command as a console would. */
export async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const written = { output: '', errors: '' };
  const code = await conform(args, {
    env: { KOOBRIDGE_KEYS: JSON.stringify(keys), ...env },
    stdout: {
      write(text) {
        written.output += text;
      },
    },
    stderr: {
      write(text) {
        written.errors += text;
      },
    },
  });
  return { code, ...written };
}
