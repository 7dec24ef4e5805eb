import type { Verification } from '../../src/index.ts';
import type { SecurityTokenVector, UsagePushVector } from './vectors.ts';

/** What a verification decided, in the form that `expectedOutcome` gives a vector. */
export function outcome(verification: Verification): unknown {
  if (verification.ok) return { reading: verification.reading, keyId: verification.keyId };
  return {
    refusal: verification.refusal,
    ...('member' in verification && { member: verification.member }),
  };
}

export function expectedOutcome(expected: SecurityTokenVector['expected'] | UsagePushVector['expected']): unknown {
  if (expected.outcome === 'verifies') return { reading: expected.readings[0], keyId: expected.keyId };
  return { refusal: expected.reason, ...(expected.member !== undefined && { member: expected.member }) };
}
