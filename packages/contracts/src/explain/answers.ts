import type { ExplainedScheme, Explanation } from './explanation.ts';
import { type FindingId, finding } from './findings.ts';
import type { ClassedKey } from './keys.ts';
import { type MistakeId, mistake } from './mistakes.ts';

/** What is known of a request before its signature is looked at. Findings are added as they come up. */
export interface Circumstances {
  readonly scheme: ExplainedScheme;
  /** Milliseconds since the epoch; `undefined` where the token has no readable time. */
  readonly timestamp: number | undefined;
  readonly now: number;
  readonly findings: Set<FindingId>;
}

type Verifies = Extract<Explanation, { outcome: 'verifies' }>;

export const verifies = (
  about: Circumstances,
  key: ClassedKey,
  reading: Verifies['reading'],
  tokenHolds: boolean,
): Explanation => ({ outcome: 'verifies', ...recognised(about), ...signer(key), reading, tokenHolds });

export const mistaken = (about: Circumstances, key: ClassedKey, ids: readonly MistakeId[]): Explanation => ({
  outcome: 'mistake',
  ...recognised(about),
  ...signer(key),
  mistakes: [...new Set(ids)].map(mistake),
});

export const unexplained = (about: Circumstances, tried = 0): Explanation => ({
  outcome: 'unexplained',
  ...recognised(about),
  tried,
});

function recognised({ scheme, timestamp, now, findings }: Circumstances) {
  const clockSkewMs = timestamp === undefined || !Number.isFinite(now) ? null : timestamp - now;
  return { scheme, clockSkewMs, findings: [...findings].map(finding) };
}

const signer = (key: ClassedKey) => ({ keyId: key.id, keyClass: key.class });
