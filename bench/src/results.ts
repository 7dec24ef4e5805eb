import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@koobridge/scripts/processes';
import type { Round } from './compare.ts';

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
export function keep(figures: Readonly<Record<string, Figure>>): void {
  const all = Object.entries({ ...kept(), ...figures }).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = all.map(([name, figure]) => `  ${JSON.stringify(name)}: ${JSON.stringify(figure)}`);
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
}

/** What the figures were taken from: the rounds of each server by its name, and each verification in microseconds. */
export interface Raw {
  readonly machine: string;
  readonly rounds: Readonly<Record<string, readonly Round[]>>;
  readonly verification: Readonly<Record<string, readonly number[]>>;
}

/** What was kept in `bench/rounds.json`. */
export const keptRaw = (): Raw => ({ machine: '', rounds: {}, verification: {}, ...read(rawFile) });

/** Adds to `bench/rounds.json`; what has another name stays as it is. */
export function keepRaw({ machine, rounds, verification }: Raw): void {
  const before = keptRaw();
  const all = {
    machine,
    rounds: { ...before.rounds, ...rounds },
    verification: { ...before.verification, ...verification },
  };
  writeFileSync(rawFile, `${JSON.stringify(all, undefined, 1)}\n`);
}

const read = (from: string): object => (existsSync(from) ? Object(JSON.parse(readFileSync(from, 'utf8'))) : {});
