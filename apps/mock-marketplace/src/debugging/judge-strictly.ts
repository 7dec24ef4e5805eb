import { resultCode } from '@koobridge/contracts';
import type { Verdict } from '../callbacks/judge.ts';

/** On the debugging page only 000000 succeeds, also where a real order may be made later (R21). */
export function strictly(verdict: Verdict): Verdict {
  if (!verdict.succeeded || verdict.resultCode === resultCode.success) return verdict;
  return {
    succeeded: false,
    rule: 'result-code',
    reason: `The production interface returned the result code "${verdict.resultCode}". A debugging call succeeds with ${resultCode.success} only: answer it at once, without making anything.`,
    resultCode: verdict.resultCode,
  };
}
