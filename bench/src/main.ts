import { availableParallelism, cpus } from 'node:os';
import { measureCallbacks } from './callbacks.ts';
import type { Plan, Round } from './compare.ts';
import { pinned } from './cores.ts';
import { writePart } from './documents.ts';
import { figureNames, isMet, rules } from './figures.ts';
import { measureGrown } from './grown.ts';
import { readOptions } from './options.ts';
import { removePostgres } from './postgres.ts';
import { type Figure, keep, keepRaw, type Raw } from './results.ts';
import { documentedTables, goal, shown } from './table.ts';
import { measureVerification } from './verification.ts';

/**
 * `npx -y pnpm@12 bench [--quick] [--only name,…] [--rounds n]`: every figure of README's table in one run, kept in
 * bench/results.json. Exit 1 when one does not reach what it has to. A quick run only shows that everything works: it
 * keeps nothing, and misses nothing.
 */
const { quick, rounds, only } = readOptions(process.argv.slice(2));
const plan: Plan = { connections: 64, rounds, warmUpRequests: quick ? 500 : 15_000, seconds: quick ? 0.5 : 4 };
const sizes = quick ? { small: 500, early: 1_000, large: 5_000 } : { small: 10_000, early: 100_000, large: 1_000_000 };

const machine =
  `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), Node.js ${process.versions.node}, ${plan.connections} connections, ` +
  `${rounds} rounds of ${plan.seconds} s after ${plan.warmUpRequests} requests to warm up; ` +
  (pinned ? 'the load on one core, the server on both' : 'server and load share the cores');
console.log(machine);
const figures: Record<string, Figure> = {};
const measuredRounds: Record<string, readonly Round[]> = {};
let verified: Raw['verification'] = {};
try {
  if (only.has('verify_vs_stripe')) {
    const verification = measureVerification(quick);
    figures['verify_vs_stripe'] = verification.figure;
    verified = { ...verification.raw };
  }
  for (const measured of [await measureCallbacks(only, plan), await measureGrown(only, plan, sizes)]) {
    Object.assign(figures, measured.figures);
    Object.assign(measuredRounds, measured.raw);
  }
} finally {
  await removePostgres();
}

console.log('');
const missed = figureNames.filter((name) => figures[name] !== undefined && isMet(name, figures[name]) === false);
for (const name of figureNames) {
  const figure = figures[name];
  if (figure === undefined) continue;
  const [low, high] = figure.spread.map(shown);
  const verdict = { true: 'met', false: 'MISSED', undefined: '' }[`${isMet(name, figure)}`];
  console.log(
    `${name.padEnd(26)} ${shown(figure.value).padStart(8)}  ${`${low} – ${high}`.padEnd(16)} ${goal(name).padEnd(12)} ${verdict}\n    ${rules[name].en}`,
  );
}
if (quick) console.log('\na quick run: nothing is kept, and no figure means anything');
else {
  keep(figures);
  keepRaw({ machine, rounds: measuredRounds, verification: verified });
  for (const { document, part, text } of documentedTables()) writePart(document, part, text);
  if (missed.length > 0) {
    console.log(`\nmissed: ${missed.join(', ')}`);
    process.exitCode = 1;
  }
}
