import { parseArgs } from 'node:util';
import { type FigureName, figureNames } from './figures.ts';

export interface Options {
  /** Short rounds and few licenses, to see that everything works; measures nothing worth keeping. */
  readonly quick: boolean;
  readonly rounds: number;
  readonly only: ReadonlySet<FigureName>;
}

/** Throws, with what it takes, at arguments that mean nothing. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean' }, rounds: { type: 'string' }, only: { type: 'string' } },
  });
  const quick = values.quick ?? false;
  const rounds = Number(values.rounds ?? (quick ? 2 : 5));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number from 1');
  const named = values.only?.split(',') ?? figureNames;
  const only = figureNames.filter((name) => named.includes(name));
  if (only.length < named.length) throw new Error(`--only takes names of ${figureNames.join(', ')}`);
  return { quick, rounds, only: new Set(only) };
}
