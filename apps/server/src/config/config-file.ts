import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { KeyRings } from '@koobridge/contracts';
import type { Handlers } from '../handlers/handlers.ts';
import type { VariableName } from './variables.ts';

/**
 * What `koobridge.config.ts` may hold: the names of the environment variables, and the seller's handlers. What is
 * undefined or an empty text counts as not set.
 */
export type ConfigFile = {
  readonly [Name in Exclude<VariableName, 'KOOBRIDGE_KEYS'>]?: string | number | boolean | undefined;
} & {
  /** As JSON, or the rings themselves; classes may be left out. */
  readonly KOOBRIDGE_KEYS?: string | Partial<KeyRings> | undefined;
  readonly handlers?: Handlers | undefined;
};

/** Types the default export of `koobridge.config.ts`. It checks nothing by itself: the server does, when it starts. */
export const defineConfig = (config: ConfigFile): ConfigFile => config;

export type ConfigFileReading =
  | { readonly ok: true; readonly file: ConfigFile }
  | { readonly ok: false; readonly problem: string };

const usualNames = ['koobridge.config.ts', 'koobridge.config.js', 'koobridge.config.mjs'];

/**
 * Loads the file that `KOOBRIDGE_CONFIG` names, else the first of koobridge.config.ts, .js and .mjs that is in the
 * directory, else nothing. Its content is still unchecked; that is for `readConfig`.
 */
export async function loadConfigFile(
  env: Readonly<Record<string, string | undefined>>,
  directory: string,
): Promise<ConfigFileReading> {
  const named = env['KOOBRIDGE_CONFIG'];
  const isNamed = named !== undefined && named !== '';
  const found = (isNamed ? [named] : usualNames).find((name) => existsSync(resolve(directory, name)));
  if (found === undefined) {
    return isNamed ? { ok: false, problem: 'KOOBRIDGE_CONFIG names a file that is not there' } : { ok: true, file: {} };
  }
  const called = isNamed ? 'the file of KOOBRIDGE_CONFIG' : join('.', found);
  return load(resolve(directory, found), called);
}

async function load(path: string, called: string): Promise<ConfigFileReading> {
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(path).href);
    const exported = module.default;
    if (typeof exported === 'object' && exported !== null && !Array.isArray(exported)) {
      return { ok: true, file: exported as ConfigFile }; // readConfig checks every member as it comes
    }
    return {
      ok: false,
      problem: `${called} has no configuration as its default export: write export default defineConfig({ … })`,
    };
  } catch (error) {
    return { ok: false, problem: `${called} cannot be loaded: ${whatItThrew(error, path)}` };
  }
}

/** Errors that are about the file as it is written, and quote none of its values. */
const quotingNoValue = new Set(['ERR_MODULE_NOT_FOUND', 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX']);

/** Where it went wrong. What the error says may quote a secret, and is left to whoever runs the file by hand. */
function whatItThrew(error: unknown, path: string): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const line = stack.split(path)[1]?.match(/^:(\d+)/)?.[1];
  const at = line === undefined ? '' : ` in line ${line}`;
  if (error instanceof Error && 'code' in error && quotingNoValue.has(String(error.code))) {
    return `${error.message}${at}`;
  }
  return `it threw an error${at}; "npx -y pnpm@12 exec node <the file>" shows it in full`;
}
