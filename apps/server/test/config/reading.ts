import { type Config, readConfig } from '../../src/config/config.ts';
import type { ConfigFile } from '../../src/config/config-file.ts';
import { credentials } from '../credentials.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables the server cannot start without. */
export const needed = credentials();

/** The configuration of a good environment. */
export function config(more: Environment = {}, file: ConfigFile = {}): Config {
  const reading = readConfig({ ...needed, ...more }, file);
  if (!reading.ok) throw new Error(reading.problems.join('; '));
  return reading.config;
}

/** The problems of a bad one. */
export function problems(more: Environment, base: Environment = needed, file: ConfigFile = {}): readonly string[] {
  const reading = readConfig({ ...base, ...more }, file);
  return reading.ok ? [] : reading.problems;
}
