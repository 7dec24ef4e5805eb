import { clause } from '../clauses.ts';
import { profiles } from '../profiles.ts';
import type { SuiteReport } from '../run/suite.ts';
import { type Result, type Verdict, verdicts } from '../run/verdict.ts';
import type { Language } from '../text.ts';
import { outcomeWord } from './console.ts';
import { curlOf } from './reproduce.ts';
import { style } from './style.ts';
import { verdictWords, words } from './words.ts';

/** The report as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function htmlReport(report: SuiteReport, language: Language): string {
  const { address, results, seed, startedAt, ms, exitCode } = report;
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
<p class="facts">${escaped(startedAt.toISOString().slice(0, 19).replace('T', ' '))} UTC · ${(ms / 1000).toFixed(1)} s · seed ${escaped(seed)}${report.strict ? ' · strict' : ''}</p>
${counts(report, language)}
</header>
${notices(report, language)}
${looks(results, language)}
${tables(results, language)}
</main>
</body>
</html>
`;
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

/** What needs a look, worst first. */
function looks(results: readonly Result[], language: Language): string {
  const order: readonly Verdict[] = ['crashed', 'failed', 'warned'];
  const found = order
    .flatMap((verdict) => results.filter((result) => result.verdict === verdict))
    .concat(results.filter(({ ledger }) => ledger === 'unexpected-pass'));
  return found.map((result) => card(result, language)).join('\n');
}

function card(result: Result, language: Language): string {
  const { case: each, verdict, deviation, reason, request, ledger } = result;
  const cited = clause(each.clause);
  const curl = request && curlOf(request);
  const row = (name: string, value: string | undefined) =>
    value === undefined ? '' : `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`;
  return `<section class="card ${verdict}" id="${each.id}">
<h2><span class="verdict">${escaped(verdictWords[verdict][language])}</span> <a href="#${each.id}">${each.id}</a> <small>${each.level}</small></h2>
<p class="requirement">${escaped(each.requirement[language])}</p>
<dl>
${row(words.expected[language], deviation?.expected[language])}
${row(words.seen[language], deviation?.seen[language])}
${row(words.mistake[language], each.mistake?.[language])}
${row(words.why[language], each.why[language])}
${row(words.reason[language], ledger === undefined ? reason?.[language] : (ledger === 'unexpected-pass' ? words.unexpected : words.expectedFailure)[language])}
<dt>${escaped(words.clause[language])}</dt><dd>${citation(cited.title, cited.address)}</dd>
</dl>
${curl === undefined ? '' : `<details><summary>curl · ${escaped(words.curlFor[language])}</summary><pre>${escaped(curl)}</pre></details>`}
</section>`;
}

const citation = (title: string, address: string): string =>
  address.startsWith('https:') ? `<a href="${escaped(address)}">${escaped(title)}</a>` : escaped(title);

/** Every case, folded away by family. */
function tables(results: readonly Result[], language: Language): string {
  const families = Map.groupBy(results, ({ case: { profile, family } }) => `${profile}.${family}`);
  return [...families]
    .map(([name, members]) => {
      const passed = members.filter(({ verdict }) => verdict === 'passed').length;
      const rows = members.map((result) => tableRow(result, language)).join('');
      return `<details class="family"><summary><code>${name}</code> <span>${passed} / ${members.length}</span></summary><table>${rows}</table></details>`;
    })
    .join('\n');
}

function tableRow({ case: each, verdict, reason }: Result, language: Language): string {
  const told = reason === undefined ? '' : `<br><small>${escaped(reason[language].split('\n')[0] ?? '')}</small>`;
  return `<tr class="${verdict}"><td>${escaped(verdictWords[verdict][language])}</td><td><code>${each.slug}</code></td><td>${each.level}</td><td>${escaped(each.requirement[language])}${told}</td></tr>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
