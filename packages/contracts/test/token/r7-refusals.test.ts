import { describe, expect, test } from 'vitest';
import { readToken, refusalCode, refusalSentence, resultMessageLimit, tokenRefusals } from '../../src/index.ts';

test.each(tokenRefusals)('%s has its code and a sentence that fits into an answer', (refusal) => {
  const authentic = ['timestamp-stale', 'timestamp-ahead', 'signature-wrong', 'nonce-replayed'];
  expect(refusalCode(refusal)).toBe(authentic.includes(refusal) ? '000001' : '000002');
  expect(refusalSentence(refusal)).toMatch(/^[A-Z].*\.$/);
  expect(refusalSentence(refusal).length).toBeLessThanOrEqual(resultMessageLimit);
});

test('sentences tell the reasons apart', () => {
  for (const carrier of ['query', 'kit', 'usage-push'] as const) {
    const sentences = tokenRefusals.map((refusal) => refusalSentence(refusal, carrier));
    expect(new Set(sentences).size).toBe(tokenRefusals.length);
  }
});

test('a sentence names the part as its carrier does', () => {
  expect(refusalSentence('timestamp-missing')).toContain('query parameter "timestamp"');
  expect(refusalSentence('timestamp-missing', 'kit')).toContain('header "x-timestamp"');
  expect(refusalSentence('timestamp-missing', 'usage-push')).toContain('header "ts"');
  expect(refusalSentence('timestamp-stale', 'usage-push')).not.toContain('60');
});

describe('of several faults the first in this order is named', () => {
  const right = { signature: '0'.repeat(64), timestamp: '1750000000123', nonce: 'n' };
  const read = (parameters: Readonly<Record<string, string>>, more = '') => {
    const query = Object.entries({ ...right, ...parameters }).map(([name, value]) => `${name}=${value}`);
    const reading = readToken(query.join('&') + more);
    return reading.ok ? undefined : reading.refusal;
  };

  test.each([
    [{ signature: '', timestamp: '', nonce: '' }, '&nonce=', 'parameter-repeated'],
    [{ signature: '', timestamp: '', nonce: '' }, '', 'signature-missing'],
    [{ signature: 'x', timestamp: '', nonce: '' }, '', 'timestamp-missing'],
    [{ signature: 'x', timestamp: 'x', nonce: '' }, '', 'nonce-missing'],
    [{ signature: 'x', timestamp: 'x', nonce: '%20' }, '', 'signature-malformed'],
    [{ timestamp: 'x', nonce: '%20' }, '', 'timestamp-malformed'],
    [{ nonce: '%20' }, '', 'nonce-malformed'],
    [{}, '', undefined],
  ])('%j%s: %s', (parameters, more, refusal) => expect(read(parameters, more)).toBe(refusal));
});
