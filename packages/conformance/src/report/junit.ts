import { clause } from '../clauses.ts';
import type { SuiteReport } from '../run/suite.ts';
import type { Result } from '../run/verdict.ts';
import type { Language } from '../text.ts';
import { curlOf } from './reproduce.ts';
import { words } from './words.ts';

/**
 * The report as JUnit XML. A `failure` is a required case that failed; an `error` says that nothing could be told of the
 * server: the case was blocked, or crashed. A warning is a passed case with words.
 */
export function junitReport(report: SuiteReport, language: Language): string {
  const suites = Map.groupBy(report.results, ({ case: { profile, family } }) => `${profile}.${family}`);
  const lines = [...suites].flatMap(([name, results]) => [
    `  <testsuite ${attributes({ name, ...totals(results), timestamp: report.startedAt.toISOString().slice(0, 19), hostname: new URL(report.address).hostname })}>`,
    ...results.flatMap((result) => testCase(result, language)),
    '  </testsuite>',
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: 'koobridge-conformance', ...totals(report.results) })}>`,
    ...lines,
    '</testsuites>',
    '',
  ].join('\n');
}

function totals(results: readonly Result[]): Readonly<Record<string, string>> {
  const count = (when: (result: Result) => boolean) => String(results.filter(when).length);
  return {
    tests: String(results.length),
    failures: count(isFailure),
    errors: count(({ verdict }) => verdict === 'blocked' || verdict === 'crashed'),
    skipped: count(isSkipped),
    time: seconds(results.reduce((sum, { ms }) => sum + ms, 0)),
  };
}

const isFailure = ({ verdict, ledger }: Result): boolean =>
  (verdict === 'failed' && ledger === undefined) || ledger === 'unexpected-pass';

const isSkipped = ({ verdict, ledger }: Result): boolean =>
  verdict === 'not-observable' || ledger === 'expected-failure';

function testCase(result: Result, language: Language): readonly string[] {
  const { case: each, ms } = result;
  const cited = clause(each.clause, language);
  const property = (name: string, value: string) => `        <property ${attributes({ name, value })}/>`;
  return [
    `    <testcase ${attributes({ name: each.id, classname: `${each.profile}.${each.family}`, time: seconds(ms) })}>`,
    '      <properties>',
    property('level', each.level),
    property('clause', cited.title),
    property('address', cited.address),
    property('requirement', each.requirement[language]),
    '      </properties>',
    ...outcome(result, language),
    '    </testcase>',
  ];
}

function outcome(result: Result, language: Language): readonly string[] {
  const { case: each, verdict, deviation, reason, ledger } = result;
  const story = storyOf(result, language);
  const element = (name: string, type: string, message: string) =>
    `      <${name} ${attributes({ message, type })}>${escaped(story)}</${name}>`;
  if (ledger === 'unexpected-pass') return [element('failure', 'unexpected-pass', words.unexpected[language])];
  if (isSkipped(result)) {
    const why = ledger === undefined ? (reason?.[language] ?? '') : words.expectedFailure[language];
    return [`      <skipped ${attributes({ message: why })}/>`];
  }
  if (verdict === 'failed') return [element('failure', each.level, deviation?.seen[language] ?? '')];
  if (verdict === 'blocked' || verdict === 'crashed')
    return [element('error', verdict, reason?.[language].split('\n')[0] ?? '')];
  return verdict === 'warned' ? [`      <system-out>${escaped(story)}</system-out>`] : [];
}

function storyOf({ case: each, deviation, reason, request }: Result, language: Language): string {
  const curl = request && curlOf(request);
  const told = [
    [words.requirement, each.requirement],
    [words.expected, deviation?.expected],
    [words.seen, deviation?.seen],
    [words.mistake, each.mistake],
    [words.reason, reason],
  ] as const;
  return [
    ...told.flatMap(([name, value]) => (value === undefined ? [] : [`${name[language]}: ${value[language]}`])),
    ...(curl === undefined ? [] : [curl]),
  ].join('\n');
}

const attributes = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(value).replaceAll('\n', '&#10;')}"`)
    .join(' ');

/** XML 1.0 has no place for most control characters, escaped or not. */
const escaped = (words: string): string =>
  words
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
