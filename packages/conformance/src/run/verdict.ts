import type { Case } from '../case.ts';
import type { RequestToSend } from '../http/exchange.ts';
import type { Text } from '../text.ts';

export const verdicts = ['passed', 'failed', 'warned', 'not-observable', 'blocked', 'crashed'] as const;
export type Verdict = (typeof verdicts)[number];

/** How one case ended. */
export interface Result {
  readonly case: Case;
  readonly verdict: Verdict;
  readonly ms: number;
  /** What was expected and what was seen; of a deviation only. */
  readonly deviation?: { readonly expected: Text; readonly seen: Text };
  /** The request that shows the deviation. */
  readonly request?: RequestToSend;
  /** Why it says nothing: not observable, blocked, crashed. */
  readonly reason?: Text;
  /** What the ledger of expected failures says of it. */
  readonly ledger?: 'expected-failure' | 'unexpected-pass';
}

export type Counts = Readonly<Record<Verdict, number>>;

export function countVerdicts(results: readonly Result[]): Counts {
  const counts = { passed: 0, failed: 0, warned: 0, 'not-observable': 0, blocked: 0, crashed: 0 };
  for (const { verdict } of results) counts[verdict] += 1;
  return counts;
}
