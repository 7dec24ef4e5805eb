import { describe, expect, test } from 'vitest';
import { readings, refusalCode, type Verification, verifyToken } from '../../src/index.ts';
import { bytesOf, type SecurityTokenVector, vectors } from './vectors.ts';

describe.each(vectors.securityToken)('$id: $comment', (vector) => {
  test('with both readings accepted', () => {
    expect(outcome(verify(vector))).toEqual(expectedOutcome(vector));
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

function outcome(verification: Verification): unknown {
  if (verification.ok) return { reading: verification.reading, keyId: verification.keyId };
  const { refusal } = verification;
  return { refusal, code: refusalCode(refusal), ...('member' in verification && { member: verification.member }) };
}

function expectedOutcome({ expected }: SecurityTokenVector): unknown {
  if (expected.outcome === 'verifies') return { reading: expected.readings[0], keyId: expected.keyId };
  const { reason, resultCode, member } = expected;
  return { refusal: reason, code: resultCode, ...(member !== undefined && { member }) };
}

test('what a suite accepts holds what the rulings answer', () => {
  for (const { expected } of vectors.securityToken) {
    if (expected.outcome === 'refused') expect(expected.acceptedCodes).toContain(expected.resultCode);
  }
});
