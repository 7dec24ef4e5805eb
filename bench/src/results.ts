import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@koobridge/scripts/processes';

/** A measured figure, and the lowest and highest of what it was taken from. */
export interface Figure {
  readonly value: number;
  readonly spread: readonly [number, number];
}

const file = join(root, 'bench/results.json');

/** Adds figures to `bench/results.json`; those of other names stay as they are. */
export function keep(figures: Readonly<Record<string, Figure>>): void {
  const before: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const all = Object.entries({ ...Object(before), ...figures }).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = all.map(([name, figure]) => `  ${JSON.stringify(name)}: ${JSON.stringify(figure)}`);
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
}
