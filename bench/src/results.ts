import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@koobridge/scripts/processes';

/** A measured figure, and the lowest and highest of what it was taken from. */
export interface Figure {
  readonly value: number;
  readonly spread: readonly [number, number];
}

const file = join(root, 'bench/results.json');
const rawFile = join(root, 'bench/rounds.json');

/** The figures that were kept, by name. */
export const kept = (): Readonly<Record<string, Figure>> => read(file) as Record<string, Figure>; // `keep` wrote it

/** Adds figures to `bench/results.json`; those of other names stay as they are. */
export const keep = (figures: Readonly<Record<string, Figure>>): void => add(file, figures);

/** Adds what the figures were taken from to `bench/rounds.json`. */
export const keepRaw = (rounds: Readonly<Record<string, unknown>>): void => add(rawFile, rounds);

function add(to: string, entries: Readonly<Record<string, unknown>>): void {
  const all = Object.entries({ ...read(to), ...entries }).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = all.map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  writeFileSync(to, `{\n${lines.join(',\n')}\n}\n`);
}

const read = (from: string): object => (existsSync(from) ? Object(JSON.parse(readFileSync(from, 'utf8'))) : {});
