import { type ArmName, arms, secret } from './arms.ts';
import { compare, line, measure, type Plan, type Raw, type Round } from './compare.ts';
import { type FigureName, figureOf, median, ratios } from './figures.ts';
import type { Load } from './load/load.ts';
import type { Figure } from './results.ts';

/** Each figure is one server's rate over another's. Bare Koa is the mean of both times it is measured in a round. */
const fractions = {
  durable_vs_bare_koa: ['sqlite', 'bareKoa'],
  durable_vs_no_database: ['sqlite', 'noDatabase'],
  durable_vs_naive: ['sqlite', 'naiveSqlite'],
  postgres_vs_bare_koa: ['postgres', 'bareKoa'],
  postgres_vs_naive: ['postgres', 'naivePostgres'],
} as const satisfies Partial<Record<FigureName, readonly [ArmName, ArmName]>>;

/** Renewals of ten thousand codes in no order, each code taken in when it is first heard of. */
export const asks: Load['asks'] = {
  what: 'renewals',
  secret,
  codes: { from: 0, count: 10_000, choose: 'any' },
};

/** Compares the servers that the wanted figures need. */
export async function measureCallbacks(
  wanted: ReadonlySet<FigureName>,
  plan: Plan,
): Promise<{ readonly figures: Partial<Record<FigureName, Figure>>; readonly raw: Raw }> {
  const wantedFractions = Object.entries(fractions).filter(([name]) => wanted.has(name as FigureName)); // its own keys
  const needed = new Set<ArmName>(wantedFractions.flatMap(([, pair]) => pair));
  if (wanted.has('p99_ms') || wanted.has('p99_ms_at_70_percent')) needed.add('sqlite');
  if (needed.has('bareKoa') || wanted.has('bare_koa_vs_itself')) needed.add('bareKoa').add('bareKoaAgain');
  const names = Object.keys(arms).filter((name) => needed.has(name as ArmName)) as ArmName[]; // its own keys
  if (names.length === 0) return { figures: {}, raw: {} };

  const raw = await compare(
    names.map((name) => ({ arm: arms[name], asks })),
    plan,
  );
  const of = (name: ArmName, pick: (round: Round) => number): number[] => (raw[arms[name].name] ?? []).map(pick);
  const rate = (name: ArmName): number[] => of(name, ({ requestsPerSecond }) => requestsPerSecond);
  const bare = rate('bareKoa').map((first, round) => (first + (rate('bareKoaAgain')[round] ?? first)) / 2);

  const figures: Partial<Record<FigureName, Figure>> = {};
  for (const [name, [over, under]] of wantedFractions) {
    figures[name as FigureName] = ratios(rate(over), under === 'bareKoa' ? bare : rate(under));
  }
  if (wanted.has('bare_koa_vs_itself')) figures.bare_koa_vs_itself = ratios(rate('bareKoaAgain'), rate('bareKoa'));
  if (wanted.has('p99_ms')) figures.p99_ms = figureOf(of('sqlite', ({ p99Ms }) => p99Ms));
  if (wanted.has('p99_ms_at_70_percent')) {
    const name = `${arms.sqlite.name}, at 70 %`;
    const paced = await atFixedRate(0.7 * median(rate('sqlite')), name, plan);
    raw[name] = paced;
    figures.p99_ms_at_70_percent = figureOf(paced.map(({ p99Ms }) => p99Ms));
  }
  return { figures, raw };
}

async function atFixedRate(perSecond: number, name: string, plan: Plan): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 1; round <= Math.min(3, plan.rounds); round += 1) {
    const measured = await measure({ arm: arms.sqlite, asks }, plan, perSecond);
    rounds.push(measured);
    console.log(`round ${round}  ${name.padEnd(40)} ${line(measured)}`);
  }
  return rounds;
}
