import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allCases } from '../../src/index.ts';
import { companions, wholeProfile } from './families.ts';
import { type Kill, runTrials, trials } from './matrix.ts';

/**
 * The whole kill matrix: every mutant meets every case of its profile, or with `--families` those of its family only,
 * and `kill-matrix.md` of the package tells what came of it. Exits with 1 when a mutant lives or a case has none.
 */
const { values } = parseArgs({ options: { families: { type: 'boolean' } } });
const began = performance.now();
const kills = await runTrials(trials, values.families === true ? companions : wholeProfile, 4);
const alive = kills.filter(({ killed }) => !killed);
const unaimed = allCases.filter(({ id }) => !kills.some(({ target }) => target.id === id));

const row = ({ target, killed, alsoTripped, seen }: Kill): string =>
  `| ${target.id} | ${killed ? 'killed' : '**lives**'} | ${cell(seen)} | ${others(alsoTripped)} |`;
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const others = (ids: readonly string[]): string =>
  ids.length <= 6 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more`;

const order = new Map(allCases.map(({ id }, at) => [id, at]));
const sorted = [...kills].sort((a, b) => (order.get(a.target.id) ?? 0) - (order.get(b.target.id) ?? 0));
const scope = values.families === true ? 'the cases of its family' : 'every case of its profile';
const report = [
  '# Kill matrix',
  '',
  `Each mutant is the faithful reference with one step done otherwise. It met ${scope}: ${kills.length - alive.length} of ${kills.length} were killed by the case they break; ${unaimed.length} cases have no mutant.`,
  '',
  '| case | its mutant | what the case saw | what else tripped |',
  '| --- | --- | --- | --- |',
  ...sorted.map(row),
  '',
].join('\n');
writeFileSync(join(import.meta.dirname, '../../kill-matrix.md'), report);
console.log(
  `${kills.length - alive.length} killed, ${alive.length} live, ${unaimed.length} cases without a mutant, ${((performance.now() - began) / 1000).toFixed(0)} s`,
);
for (const { target, seen } of alive) console.log(`lives: ${target.id} (${seen})`);
process.exitCode = alive.length + unaimed.length === 0 ? 0 : 1;
