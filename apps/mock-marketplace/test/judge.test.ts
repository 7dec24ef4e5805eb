import { describe, expect, test } from 'vitest';
import { type JudgingRule, judge, judgingRules, unsigned, type Verdict } from '../src/callbacks/judge.ts';
import type { Outcome } from '../src/callbacks/outcome.ts';

/** R21, clause by clause. */

const json = 'application/json';
const success = '{"resultCode":"000000","resultMsg":"success."}';

function answered(body: string | Uint8Array, contentType: string | null = json, status = 200): Verdict {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return judge('refreshLicenseCode', '{}', { kind: 'answered', status, contentType, body: bytes });
}

test.each([
  ['as documented', success, json],
  ['with a charset', success, 'application/json;charset=UTF-8'],
  ['in any case', success, 'Application/JSON ; charset=utf-8'],
  ['with more members', '{"resultCode":"000000","resultMsg":"","extra":{"a":[1]}}', json],
  ['with a message of 255', `{"resultCode":"000000","resultMsg":"${'x'.repeat(255)}"}`, json],
])('succeeds: %s', (_, body, contentType) => {
  expect(answered(body, contentType)).toMatchObject({ succeeded: true, resultCode: '000000' });
});

const failures: [JudgingRule, string, Verdict][] = [
  ['http-status', 'another 2xx', answered(success, json, 201)],
  ['http-status', 'an error', answered(success, json, 500)],
  ['http-status', 'a redirect', answered('', null, 302)],
  ['content-type', 'none', answered(success, null)],
  ['content-type', 'text', answered(success, 'text/plain')],
  ['content-type', 'a lookalike', answered(success, 'application/json-seq')],
  ['content-type', 'a suffix', answered(success, 'application/problem+json')],
  ['readable-body', 'empty', answered('')],
  ['readable-body', 'HTML', answered('<html>')],
  ['readable-body', 'an array', answered(`[${success}]`)],
  ['readable-body', 'null', answered('null')],
  ['readable-body', 'a string', answered('"000000"')],
  ['readable-body', 'a BOM', answered(`\ufeff${success}`)],
  ['readable-body', 'invalid UTF-8', answered(Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))],
  ['readable-body', 'two codes', answered('{"resultCode":"000005","resultMsg":"","resultCode":"000000"}')],
  [
    'readable-body',
    'two codes, one of them escaped',
    answered('{"resultCode":"000000","resultMsg":"","result\\u0043ode":"000000"}'),
  ],
  [
    'readable-body',
    'a name twice further down',
    answered('{"resultCode":"000000","resultMsg":"","x":[{"a":1,"a":1}]}'),
  ],
  ['readable-body', 'no resultMsg', answered('{"resultCode":"000000"}')],
  ['readable-body', 'no resultCode', answered('{"resultMsg":"success."}')],
  ['readable-body', 'a number as code', answered('{"resultCode":0,"resultMsg":"success."}')],
  ['readable-body', 'null as message', answered('{"resultCode":"000000","resultMsg":null}')],
  ['result-code', 'a documented error', answered('{"resultCode":"000003","resultMsg":"none"}')],
  [
    'result-code',
    'processing, which only an asynchronous create may say',
    answered('{"resultCode":"000004","resultMsg":"…"}'),
  ],
  ['result-code', 'an invented code', answered('{"resultCode":"SUCCESS","resultMsg":"yes"}')],
  ['answer-members', 'a message of 256', answered(`{"resultCode":"000000","resultMsg":"${'x'.repeat(256)}"}`)],
  ['signing-key', 'no key', unsigned('there is none')],
  ['reachable', 'nobody listens', judge('releaseLicenseCode', '{}', { kind: 'unreachable', cause: 'refused' })],
  ['time-limit', 'too slow', judge('releaseLicenseCode', '{}', { kind: 'timed-out', limitMs: 5000, status: null })],
  ['whole-answer', 'cut off', judge('releaseLicenseCode', '{}', { kind: 'broken', cause: 'closed', status: 200 })],
  [
    'answer-size',
    'too much',
    judge('releaseLicenseCode', '{}', { kind: 'too-large', limitBytes: 1024, status: 200, body: new Uint8Array() }),
  ],
];

test.each(failures)('fails by %s: %s', (rule, _, verdict) => {
  expect(verdict).toMatchObject({ succeeded: false, rule, reason: expect.stringMatching(/\S/) });
});

test('every rule has a case that it fails', () => {
  expect(new Set(failures.map(([rule]) => rule))).toEqual(new Set(judgingRules));
});

describe('the reason', () => {
  const reason = (verdict: Verdict): string => (verdict.succeeded ? '' : verdict.reason);
  const outcome = (kind: Exclude<Outcome, { kind: 'abandoned' }>): string =>
    reason(judge('releaseLicenseCode', '{}', kind));

  test("follows the store's own texts", () => {
    expect(reason(answered('', json, 404))).toContain('httpCode is 404, not 200');
    expect(reason(answered('', 'text/html'))).toContain('content-type format: text/html');
    expect(reason(answered('{}'))).toContain('Parsing the response body failed');
    expect(reason(answered('{"resultCode":"000005","resultMsg":"boom"}'))).toContain(
      'The production interface returned the error result code "000005" (boom)',
    );
    expect(outcome({ kind: 'timed-out', limitMs: 20_000, status: null })).toContain('timed out after 20 s');
    expect(outcome({ kind: 'unreachable', cause: 'ECONNREFUSED' })).toContain('production address is unreachable');
  });

  test('names the member that occurs twice, but not at length', () => {
    expect(reason(answered('{"resultCode":"000005","resultMsg":"","resultCode":"000000"}'))).toContain('"resultCode"');
    const name = 'n'.repeat(9999);
    expect(reason(answered(`{"${name}":1,"${name}":1}`)).length).toBeLessThan(400);
  });

  test('says what to change about a redirect', () => {
    expect(reason(answered('', null, 301))).toContain('Redirects are not followed');
  });

  test('quotes the seller, but not at length', () => {
    const verdict = answered(JSON.stringify({ resultCode: 'c'.repeat(9999), resultMsg: '😀'.repeat(9999) }));
    expect(reason(verdict).length).toBeLessThan(400);
    expect(verdict.resultCode?.length).toBeLessThan(100);
  });
});
