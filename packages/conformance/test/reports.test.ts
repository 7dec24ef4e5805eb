import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { runSuite, type SuiteReport } from '../src/index.ts';
import { consoleReport } from '../src/report/console.ts';
import { htmlReport } from '../src/report/html.ts';
import { jsonReport } from '../src/report/json.ts';
import { junitReport } from '../src/report/junit.ts';
import { languages, literal } from '../src/text.ts';
import { keys } from './reference/keys.ts';
import { startReference } from './reference/seller.ts';

const file = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');

/** A report with every verdict in it, and with text that must not break out of any format. */
let report: SuiteReport;

beforeAll(async () => {
  const seller = await startReference(keys, { isEqual: () => true, nonceIdentity: () => undefined });
  const run = await runSuite({
    address: seller.url,
    keys,
    profiles: ['license'],
    only: ['license.sig', 'license.replay', 'license.order'],
  });
  await seller.stop();
  const [first, second, third, ...others] = run.results;
  if (first === undefined || second === undefined || third === undefined) throw new Error('these families have cases');
  const nasty = literal('</script><b>"&\u0000\u001b[31m\ud800]]>');
  report = {
    ...run,
    results: [
      { ...first, verdict: 'crashed', reason: nasty },
      { ...second, verdict: 'blocked', reason: nasty },
      { ...third, verdict: 'failed', deviation: { expected: nasty, seen: nasty } },
      ...others,
    ],
  };
});

describe('the JUnit report', () => {
  const validate = (xml: string): void => {
    using schema = XmlDocument.fromString(file('junit.xsd'));
    using validator = XsdValidator.fromDoc(schema);
    using document = XmlDocument.fromString(xml);
    validator.validate(document);
  };

  it.each(languages)('is valid in %s', (language) => {
    expect(() => validate(junitReport(report, language))).not.toThrow();
  });

  it('would not be without the names that h2spec forgets', () => {
    expect(() => validate(junitReport(report, 'en').replace('name="license.sig.accepted" ', ''))).toThrow('name');
  });

  it('tells failures from errors', () => {
    const xml = junitReport(report, 'en');
    const count = (element: string) => xml.split(`<${element} `).length - 1;
    const failed = report.results.filter(({ verdict }) => verdict === 'failed').length;
    expect(count('failure')).toBe(failed);
    expect(count('error')).toBe(2);
    expect(count('skipped')).toBeGreaterThan(0);
    expect(xml).toContain(`failures="${failed}" errors="2"`);
  });
});

describe('the JSON report', () => {
  it('is as its published schema says', () => {
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
      JSON.parse(file('../report.schema.json')),
    );
    validate(JSON.parse(jsonReport(report)));
    expect(validate.errors).toBeNull();
  });

  it('gives a schema that a report without a verdict breaks', () => {
    const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(file('../report.schema.json')));
    expect(validate(JSON.parse(jsonReport(report).replace('"verdict"', '"verdikt"')))).toBe(false);
  });
});

describe('the HTML report', () => {
  it.each(languages)('is one page that loads nothing, in %s', (language) => {
    const page = htmlReport(report, language);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(/i);
    expect(page).toContain(`<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">`);
    expect(page).toContain('&lt;/script&gt;&lt;b&gt;');
  });

  it('leads from an overview of the families to the cards of each', () => {
    const page = htmlReport(report, 'en');
    const led = [...page.matchAll(/<tr><td><a href="#([\w.-]+)">/g)].map(([, family]) => family);
    expect(led).toEqual(['license.sig', 'license.replay', 'license.order']);
    for (const family of led) expect(page).toContain(`<details class="group" id="${family}"`);
  });

  it('has a card that can be linked to for each case that needs a look', () => {
    const page = htmlReport(report, 'en');
    for (const { case: each } of report.results.filter(({ verdict }) => verdict === 'failed')) {
      expect(page).toContain(`id="${each.id}"`);
    }
  });
});

it('no report holds a key', () => {
  const secrets = Object.values(keys).flatMap((ring) => ring.map(({ secret }) => secret));
  const reports = [
    jsonReport(report),
    ...languages.flatMap((language) => [
      consoleReport(report, language, 'conform'),
      junitReport(report, language),
      htmlReport(report, language),
    ]),
  ];
  for (const each of reports) for (const secret of secrets) expect(each.includes(secret)).toBe(false);
});

it('without a probe, what only state can show is not observable', () => {
  const freeze = report.results.find(({ case: { id } }) => id === 'license.order.freeze');
  expect(freeze?.verdict).toBe('not-observable');
});
