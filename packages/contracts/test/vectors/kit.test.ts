import { describe, expect, test } from 'vitest';
import { type Reading, readings, refusalCode, signKit, sortMembers, verifyKit } from '../../src/index.ts';
import { expectedOutcome, outcome } from './outcome.ts';
import { bytesOf, type KitTokenVector, vectors } from './vectors.ts';

test.each(vectors.kitSignature)('$id: $comment', ({ accessKey, nonce, timestamp, body, reading, expected }) => {
  const payload = reading === 'raw' ? body : (sortMembers(body) ?? '');
  expect(signKit({ accessKey, nonce, timestamp: Number(timestamp), body: payload })).toEqual({
    'x-sign': expected.signature.toUpperCase(),
    'x-timestamp': timestamp,
    'x-nonce': nonce,
  });
});

describe.each(vectors.kitToken)('$id: $comment', (vector) => {
  const { expected } = vector;

  test('with both readings accepted', () => {
    expect(outcome(verify(vector))).toEqual(expectedOutcome(expected));
    if (expected.outcome === 'refused') expect(refusalCode(expected.reason)).toBe(expected.resultCode);
  });

  test.each(readings)('with the reading pinned to %s', (reading) => {
    expect(verify(vector, [reading]).ok).toBe(expected.outcome === 'verifies' && expected.readings.includes(reading));
  });
});

function verify(vector: KitTokenVector, pinned: readonly Reading[] = readings) {
  const { 'x-sign': sign, 'x-timestamp': timestamp, 'x-nonce': nonce } = vector.headers;
  const { keys, now, equalRepeats = [] } = vector;
  const headers = { sign, timestamp, nonce };
  return verifyKit({ headers, keys, now, equalRepeats, body: bytesOf(vector), readings: pinned });
}
