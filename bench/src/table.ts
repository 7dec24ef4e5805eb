import type { Round } from './compare.ts';
import { type FigureName, figureNames, isMet, median, type Rule, rules } from './figures.ts';
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

/** Where the tables of what is kept stand. */
export const documentedTables = (): readonly { readonly document: string; readonly text: string }[] => [
  { document: 'README.md', text: table(kept(), 'en') },
  { document: 'README.zh-CN.md', text: table(kept(), 'zh') },
  { document: 'docs/performance.md', text: ratesTable(keptRaw().rounds) },
];
