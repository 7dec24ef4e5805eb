import { describe, expect, test } from 'vitest';
import { type Reading, readings, signUsagePush, verifyUsagePush } from '../../src/index.ts';
import { expectedOutcome, outcome } from './outcome.ts';
import { bytesOf, type UsagePushVector, vectors } from './vectors.ts';

describe.each(vectors.usagePush)('$id: $comment', (vector) => {
  const { expected } = vector;

  test('with both readings accepted', () => {
    expect(outcome(verify(vector))).toEqual(expectedOutcome(expected));
  });

  test.each(readings)('with the reading pinned to %s', (reading) => {
    expect(verify(vector, [reading]).ok).toBe(expected.outcome === 'verifies' && expected.readings.includes(reading));
  });
});

const signedRaw = vectors.usagePush.filter(
  ({ expected }) => expected.outcome === 'verifies' && expected.readings.includes('raw'),
);
test.each(signedRaw)('$id: signing gives the same', ({ keys, headers, body = '' }) => {
  const { ts, nonce = '' } = headers;
  const accessKey = keys.at(-1)?.secret ?? '';
  expect(signUsagePush({ accessKey, body, ts: Number(ts), nonce })).toEqual(headers);
});

function verify(vector: UsagePushVector, pinned: readonly Reading[] = readings) {
  const { keys, now, windowMs } = vector;
  const { signature, ts, nonce } = vector.headers;
  const headers = { signature, ts, nonce };
  return verifyUsagePush({ headers, keys, now, windowMs, body: bytesOf(vector), readings: pinned });
}
