import { profiles } from '../profiles.ts';
import type { SuiteReport } from '../run/suite.ts';
import { type Result, type Verdict, verdicts } from '../run/verdict.ts';
import type { Language } from '../text.ts';
import { version } from '../version.ts';
import { outcomeWord, unjudged } from './console.ts';
import { escaped } from './escaped.ts';
import { cards, needsCard } from './html-cards.ts';
import { style } from './style.ts';
import { verdictWords, words } from './words.ts';

/** The report as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function htmlReport(report: SuiteReport, language: Language): string {
  const { address, results, exitCode } = report;
  const families = [...Map.groupBy(results, ({ case: { profile, family } }) => `${profile}.${family}`)];
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(`${words.title[language]}: ${address}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header class="outcome-${exitCode}">
<p class="eyebrow">${escaped(words.title[language])}</p>
<h1>${escaped(address)}</h1>
<p class="outcome">${escaped(outcomeWord(report, language))}</p>
<p class="facts">${escaped(facts(report, language))}</p>
${bar(results)}
${counts(report, language)}
</header>
${notices(report, language)}
${overview(families, language)}
${cards(families, address, language)}
${silent(results, language)}
<h2>${escaped(words.allCases[language])}</h2>
${tables(families, language)}
<footer>@koobridge/conformance ${version}</footer>
</main>
</body>
</html>
`;
}

type Families = readonly (readonly [name: string, results: readonly Result[]])[];

function facts({ startedAt, ms, seed, strict }: SuiteReport, language: Language): string {
  const day = startedAt.toISOString().slice(0, 19).replace('T', ' ');
  const told = [`${day} UTC`, `${(ms / 1000).toFixed(1)} s`, `${words.seed[language]} ${seed}`];
  return (strict ? [...told, words.strict[language]] : told).join(' · ');
}

const countOf = (results: readonly Result[], verdict: Verdict): number =>
  results.filter((result) => result.verdict === verdict).length;

/** The shares of the verdicts as a strip of colours; the numbers stand beside it. */
function bar(results: readonly Result[]): string {
  const shares = verdicts
    .map((verdict) => [verdict, countOf(results, verdict)] as const)
    .filter(([, count]) => count > 0);
  return `<div class="bar" aria-hidden="true">${shares.map(([verdict, count]) => `<i class="${verdict}" style="flex:${count}"></i>`).join('')}</div>`;
}

function counts({ counts: counted }: SuiteReport, language: Language): string {
  const item = (verdict: Verdict) =>
    `<li class="${verdict}${counted[verdict] === 0 ? ' none' : ''}"><b>${counted[verdict]}</b> ${escaped(verdictWords[verdict][language])}</li>`;
  return `<ul class="counts">${verdicts.map(item).join('')}</ul>`;
}

function notices({ preflights, stopped }: SuiteReport, language: Language): string {
  const reasons = preflights.flatMap(({ profile, preflight }) =>
    preflight.ok
      ? []
      : [`${words.setUp[language]} (${profiles[profile].name[language]}): ${preflight.reason[language]}`],
  );
  return [...reasons, ...(stopped ? [words.stopped[language]] : [])]
    .map((reason) => `<p class="notice">${escaped(reason)}</p>`)
    .join('\n');
}

/** Every family with its share of passed cases; one with cards leads to them. */
function overview(families: Families, language: Language): string {
  const row = ([name, results]: Families[number]): string => {
    const label = `<code>${name}</code>`;
    const linked = results.some(needsCard) ? `<a href="#${name}">${label}</a>` : label;
    return `<tr><td>${linked}</td><td>${bar(results)}</td><td>${countOf(results, 'passed')} / ${results.length}</td></tr>`;
  };
  return `<h2>${escaped(words.overview[language])}</h2>\n<table class="overview">${families.map(row).join('')}</table>`;
}

/** Why cases say nothing, each reason once, and so what would let them speak. */
function silent(results: readonly Result[], language: Language): string {
  const reasons = unjudged(results, language);
  if (reasons.length === 0) return '';
  return `<h2>${escaped(words.notJudgedCases[language])}</h2>\n<ul class="reasons">${reasons.map((reason) => `<li>${escaped(reason)}</li>`).join('')}</ul>`;
}

/** Every case, folded away by family. */
const tables = (families: Families, language: Language): string =>
  families
    .map(([name, members]) => {
      const rows = members.map((result) => tableRow(result, language)).join('');
      return `<details class="family"><summary><code>${name}</code> <span>${countOf(members, 'passed')} / ${members.length}</span></summary><table class="cases">${rows}</table></details>`;
    })
    .join('\n');

function tableRow(result: Result, language: Language): string {
  const { case: each, verdict, reason } = result;
  const told = reason === undefined ? '' : `<br><small>${escaped(reason[language].split('\n')[0] ?? '')}</small>`;
  const slug = `<code>${each.slug}</code>`;
  const linked = needsCard(result) ? `<a href="#${each.id}">${slug}</a>` : slug;
  return `<tr class="${verdict}"><td>${escaped(verdictWords[verdict][language])}</td><td>${linked}</td><td>${each.level}</td><td>${escaped(each.requirement[language])}${told}</td></tr>`;
}
