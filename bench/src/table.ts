import { type ArmName, arms } from './arms.ts';
import type { Round } from './compare.ts';
import type { Part } from './documents.ts';
import { type FigureName, figureNames, figureOf, isMet, median, type Rule, ratios, rules } from './figures.ts';
import { type Figure, kept, keptRaw } from './results.ts';

type Language = 'en' | 'zh';

const words = {
  en: { head: ['', 'measured', 'lowest to highest', 'to reach', 'met'], met: 'yes', missed: '**no**' },
  zh: { head: ['', '测得', '最低至最高', '要求', '达到'], met: '是', missed: '**否**' },
} as const;

/** The figures as a table of Markdown, with what each has to reach and whether it does. */
function table(figures: Readonly<Record<string, Figure>>, language: Language): string {
  const { head, met, missed } = words[language];
  const rows = figureNames.flatMap((name) => {
    const figure = figures[name];
    if (figure === undefined) return [];
    const [low, high] = figure.spread;
    const verdict = { true: met, false: missed, undefined: '' }[`${isMet(name, figure)}`];
    return [
      [
        `\`${name}\`<br>${rules[name][language]}`,
        shown(figure.value),
        `${shown(low)} – ${shown(high)}`,
        goal(name),
        verdict,
      ],
    ];
  });
  return markdown([head, ['---', '--:', '--:', '--:', '---'], ...rows]);
}

/** What each server did in the median of its rounds, as a table of Markdown. */
function ratesTable(raw: Readonly<Record<string, readonly Round[]>>): string {
  const rows = Object.entries(raw).map(([name, rounds]) => {
    const middle = (pick: (round: Round) => number): number => median(rounds.map(pick));
    return [
      name,
      middle(({ requestsPerSecond }) => requestsPerSecond).toFixed(0),
      middle(({ p50Ms }) => p50Ms).toFixed(2),
      middle(({ p99Ms }) => p99Ms).toFixed(2),
      middle(({ serverCpu }) => serverCpu).toFixed(1),
      middle(({ loadCpu }) => 100 * loadCpu).toFixed(0),
    ];
  });
  const head = ['', 'requests/s', 'p50 ms', 'p99 ms', 'server, µs of CPU each', 'load, % of a core'];
  return markdown([head, ['---', '--:', '--:', '--:', '--:', '--:'], ...rows]);
}

export const markdown = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');

export const shown = (value: number): string => value.toFixed(value < 0.1 ? 3 : value < 10 ? 2 : 1);

export function goal(name: FigureName): string {
  const { atLeast, atMost, aim }: Rule = rules[name];
  const least = atLeast === undefined ? '' : `≥ ${atLeast}`;
  const most = atMost === undefined ? '' : `≤ ${atMost}`;
  return `${least}${most}${aim === undefined ? '' : ` (${aim})`}`;
}

/**
 * What figures would be if keeping cost nothing, and only the rest of the server's work were left: the same taken of the
 * server without its database, as a table of Markdown.
 */
function ceilings(figures: Readonly<Record<string, Figure>>, raw: Readonly<Record<string, readonly Round[]>>): string {
  const of = (name: ArmName): readonly Round[] => raw[arms[name].name] ?? [];
  const rate = (name: ArmName): number[] => of(name).map(({ requestsPerSecond }) => requestsPerSecond);
  const without: Partial<Record<FigureName, Figure>> = {
    durable_vs_bare_koa: ratios(rate('noDatabase'), rate('bareKoa')),
    durable_vs_naive: ratios(rate('noDatabase'), rate('naiveSqlite')),
    postgres_vs_naive: ratios(rate('noDatabase'), rate('naivePostgres')),
    p99_ms: figureOf(of('noDatabase').map(({ p99Ms }) => p99Ms)),
  };
  const rows = figureNames.flatMap((name) => {
    const [figure, ceiling] = [figures[name], without[name]];
    if (figure === undefined || ceiling === undefined) return [];
    return [[`\`${name}\``, shown(figure.value), shown(ceiling.value), goal(name)]];
  });
  return markdown([['', 'measured', 'if keeping cost nothing', 'to reach'], ['---', '--:', '--:', '--:'], ...rows]);
}

/** Where the tables of what is kept stand. */
export const documentedTables = (): readonly Documented[] => [
  { document: 'README.md', part: 'bench', text: table(kept(), 'en') },
  { document: 'README.zh-CN.md', part: 'bench', text: table(kept(), 'zh') },
  { document: 'docs/performance.md', part: 'bench', text: ratesTable(keptRaw().rounds) },
  { document: 'docs/performance.md', part: 'ceilings', text: ceilings(kept(), keptRaw().rounds) },
];

interface Documented {
  readonly document: string;
  readonly part: Part;
  readonly text: string;
}
