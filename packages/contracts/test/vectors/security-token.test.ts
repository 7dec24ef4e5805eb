import { describe, expect, test } from 'vitest';
import { readings, refusalCode, type Verification, verifyToken } from '../../src/index.ts';
import { expectedOutcome, outcome } from './outcome.ts';
import { bytesOf, type SecurityTokenVector, vectors } from './vectors.ts';

describe.each(vectors.securityToken)('$id: $comment', (vector) => {
  test('with both readings accepted', () => {
    const verification = verify(vector);
    expect(outcome(verification)).toEqual(expectedOutcome(vector.expected));
    if (vector.expected.outcome === 'refused')
      expect(refusalCode(vector.expected.reason)).toBe(vector.expected.resultCode);
  });

  test.each(readings)('with the reading pinned to %s', (reading) => {
    expect(verify(vector, reading).ok).toBe(
      vector.expected.outcome === 'verifies' && vector.expected.readings.includes(reading),
    );
  });
});

function verify(vector: SecurityTokenVector, pinned?: 'raw' | 'sorted'): Verification {
  const { query, keys, now } = vector;
  return verifyToken({ query, keys, now, body: bytesOf(vector), ...(pinned && { readings: [pinned] }) });
}

test('what a suite accepts holds what the rulings answer', () => {
  const refused = [vectors.securityToken, vectors.kitToken, vectors.authTokenQuery, vectors.authTokenBody]
    .flat()
    .flatMap(({ expected }) => (expected.outcome === 'refused' ? [expected] : []));
  expect(refused.length).toBeGreaterThan(100);
  for (const { acceptedCodes, resultCode } of refused) expect(acceptedCodes).toContain(resultCode);
});
