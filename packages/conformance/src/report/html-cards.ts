import { clause } from '../clauses.ts';
import type { Result } from '../run/verdict.ts';
import type { Language } from '../text.ts';
import { escaped } from './escaped.ts';
import { curlOf, signOf } from './reproduce.ts';
import { verdictWords, words } from './words.ts';

/** What somebody has to look at. */
export const needsCard = ({ verdict, ledger }: Result): boolean =>
  verdict === 'crashed' || verdict === 'failed' || verdict === 'warned' || ledger === 'unexpected-pass';

/** A family with more cards than these is folded, so that a page of many failures can be overlooked. */
const mostUnfolded = 8;

/** The cards of every family that has some, the family's name above them. */
export function cards(
  families: readonly (readonly [name: string, results: readonly Result[]])[],
  address: string,
  language: Language,
): string {
  const sections = families.flatMap(([name, results]) => {
    const found = results.filter(needsCard);
    if (found.length === 0) return [];
    const open = found.length <= mostUnfolded ? ' open' : '';
    const inside = found.map((result) => card(result, address, language)).join('\n');
    return [
      `<details class="group" id="${name}"${open}><summary><code>${name}</code> <span>${found.length}</span></summary>\n${inside}\n</details>`,
    ];
  });
  return sections.length === 0 ? '' : `<h2>${escaped(words.toLookAt[language])}</h2>\n${sections.join('\n')}`;
}

function card(result: Result, address: string, language: Language): string {
  const { case: each, verdict, deviation, reason, request, ledger } = result;
  const cited = clause(each.clause, language);
  const row = (name: string, value: string | undefined, kind = '') =>
    value === undefined ? '' : `<dt>${escaped(name)}</dt><dd${kind}>${escaped(value)}</dd>\n`;
  const why =
    ledger === undefined
      ? reason?.[language]
      : (ledger === 'unexpected-pass' ? words.unexpected : words.expectedFailure)[language];
  return `<section class="card ${verdict}" id="${each.id}">
<h3><span class="verdict">${escaped(verdictWords[verdict][language])}</span> <a href="#${each.id}">${each.id}</a> <small class="${each.level}">${each.level}</small></h3>
<p class="requirement">${escaped(each.requirement[language])}</p>
<dl>
${row(words.expected[language], deviation?.expected[language])}${row(words.seen[language], deviation?.seen[language], ' class="seen"')}${row(words.mistake[language], each.mistake?.[language])}${row(words.why[language], each.why[language])}${row(words.reason[language], why)}<dt>${escaped(words.clause[language])}</dt><dd>${citation(cited.title, cited.address)}</dd>
</dl>
${reproduction(request, address, language)}</section>`;
}

function reproduction(request: Result['request'], address: string, language: Language): string {
  const curl = request && curlOf(request);
  if (request === undefined || curl === undefined) return '';
  const sign = signOf(request, address);
  const anew = sign === undefined ? '' : `<p>${escaped(words.signedAnew[language])}</p><pre>${escaped(sign)}</pre>`;
  return `<details><summary>${escaped(words.again[language])}</summary><p>curl: ${escaped(words.curlFor[language])}</p><pre>${escaped(curl)}</pre>${anew}</details>\n`;
}

const citation = (title: string, address: string): string =>
  address.startsWith('https:') ? `<a href="${escaped(address)}">${escaped(title)}</a>` : escaped(title);
