import { clause } from '../clauses.ts';
import type { SuiteReport } from '../run/suite.ts';
import { type Result, type Verdict, verdicts } from '../run/verdict.ts';
import type { Language } from '../text.ts';
import { curlOf, signOf } from './reproduce.ts';
import { verdictWords, words } from './words.ts';

/**
 * The report as a terminal shows it: a block for each case that needs a look, its name again at the end, counts last.
 * `command` is what runs the suite again in the same way, but for the choice of cases.
 */
export function consoleReport(report: SuiteReport, language: Language, command: string): string {
  const blocks = report.results.filter(needsLook).map((result) => block(result, report.address, language, command));
  return [...obstacles(report, language), ...blocks, summary(report, language)].join('\n');
}

const needsLook = ({ verdict, ledger }: Result): boolean =>
  verdict === 'failed' || verdict === 'warned' || verdict === 'crashed' || ledger === 'unexpected-pass';

function obstacles({ preflights, stopped }: SuiteReport, language: Language): readonly string[] {
  const lines = preflights.flatMap(({ profile, preflight }) =>
    preflight.ok ? [] : [`${words.setUp[language]} (${profile}): ${preflight.reason[language]}`],
  );
  return stopped ? [...lines, words.stopped[language]] : lines;
}

function block(result: Result, address: string, language: Language, command: string): string {
  const { case: each, verdict, deviation, request, reason, ledger } = result;
  const cited = clause(each.clause, language);
  const rows: [string, string | undefined][] = [
    [words.requirement[language], each.requirement[language]],
    [words.expected[language], deviation?.expected[language]],
    [words.seen[language], deviation?.seen[language]],
    [words.mistake[language], each.mistake?.[language]],
    [words.why[language], each.why[language]],
    [words.clause[language], `${cited.title}, ${cited.address}`],
    [words.reason[language], ledger === undefined ? reason?.[language] : ledgerWords(ledger, language)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const told = rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(width)}  ${value}`]));
  return [
    `${verdictWords[verdict][language].toUpperCase()} ${each.id} (${each.level})`,
    ...told,
    ...again(request, address, width, language),
    `  ${words.onlyThis[language].padEnd(width)}  ${command} --only ${each.id}`,
    '',
  ].join('\n');
}

function again(request: Result['request'], address: string, width: number, language: Language): readonly string[] {
  if (request === undefined) return [];
  const [curl, sign] = [curlOf(request), signOf(request, address)];
  const name = `  ${words.again[language].padEnd(width)}  `;
  if (curl === undefined) return [`${name}${words.tooLong[language]}`];
  return [
    `${name}${words.curlFor[language]}`,
    ...curl.split('\n').map((line) => `    ${line}`),
    ...(sign === undefined ? [] : [`  ${words.signedAnew[language].padEnd(width)}  ${sign}`]),
  ];
}

const ledgerWords = (ledger: NonNullable<Result['ledger']>, language: Language): string =>
  (ledger === 'unexpected-pass' ? words.unexpected : words.expectedFailure)[language];

function summary(report: SuiteReport, language: Language): string {
  const { results, counts, ms, seed } = report;
  const named = (verdict: Verdict): readonly string[] =>
    results
      .filter((result) => result.verdict === verdict)
      .map(({ case: each }) => `  ${verdictWords[verdict][language]}  ${each.id}`);
  const silent = unjudged(results, language);
  const failures = [...named('crashed'), ...named('failed'), ...named('warned')];
  return [
    ...(silent.length === 0 ? [] : [...silent, '']),
    ...(failures.length === 0 ? [] : [`${words.failures[language]}:`, ...failures, '']),
    `${report.address}: ${outcomeWord(report, language)} (seed ${seed}, ${(ms / 1000).toFixed(1)} s)`,
    verdicts.map((verdict) => `${counts[verdict]} ${verdictWords[verdict][language]}`).join(', '),
    '',
  ].join('\n');
}

/** Why cases say nothing, each reason once. */
export function unjudged(results: readonly Result[], language: Language): readonly string[] {
  const silent = results.filter(({ verdict }) => verdict === 'blocked' || verdict === 'not-observable');
  const grouped = Map.groupBy(
    silent,
    ({ verdict, reason }) => `${verdictWords[verdict][language]}: ${reason?.[language] ?? ''}`,
  );
  return [...grouped].slice(0, mostReasons).map(([reason, members]) => `${members.length} ${reason}`);
}

const mostReasons = 12;

export const outcomeWord = ({ exitCode }: SuiteReport, language: Language): string =>
  ({ 0: words.conforms, 1: words.doesNot, 3: words.notJudged, 4: words.crashed })[exitCode][language];
