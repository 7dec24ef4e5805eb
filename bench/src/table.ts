import { type FigureName, figureNames, isMet, type Rule, rules } from './figures.ts';
import type { Figure } from './results.ts';

type Language = 'en' | 'zh';

const words = {
  en: { head: ['', 'measured', 'lowest to highest', 'to reach', 'met'], met: 'yes', missed: '**no**' },
  zh: { head: ['', '测得', '最低至最高', '要求', '达到'], met: '是', missed: '**否**' },
} as const;

/** The figures as a table of Markdown, with what each has to reach and whether it does. */
export function table(figures: Readonly<Record<string, Figure>>, language: Language): string {
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
  return [head, ['---', '--:', '--:', '--:', '---'], ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export const shown = (value: number): string => value.toFixed(value < 0.1 ? 3 : value < 10 ? 2 : 1);

export function goal(name: FigureName): string {
  const { atLeast, atMost, aim }: Rule = rules[name];
  const least = atLeast === undefined ? '' : `≥ ${atLeast}`;
  const most = atMost === undefined ? '' : `≤ ${atMost}`;
  return `${least}${most}${aim === undefined ? '' : ` (${aim})`}`;
}

const begin = '<!-- bench: begin -->';
const end = '<!-- bench: end -->';

/** What stands between the marks that the bench writes between. Throws where there are none. */
export function tableIn(document: string): string {
  return split(document).inside.trim();
}

export function withTable(document: string, text: string): string {
  const { before, after } = split(document);
  return `${before}${begin}\n${text}\n${end}${after}`;
}

function split(document: string): { before: string; inside: string; after: string } {
  const [before, rest, ...others] = document.split(begin);
  const [inside, after] = rest?.split(end) ?? [];
  if (before === undefined || inside === undefined || after === undefined || others.length > 0) {
    throw new Error(`a document has no place for the table, between ${begin} and ${end}`);
  }
  return { before, inside, after };
}
