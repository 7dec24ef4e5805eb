import type { Case } from '../case.ts';
import { Blocked, Deviation, NotObservable } from '../flow/endings.ts';
import type { Flow } from '../flow/flow.ts';
import { literal } from '../text.ts';
import type { Result, Verdict } from './verdict.ts';

/** Runs one case to its verdict; never rejects. */
export async function runCase(each: Case, flow: Flow, strict: boolean): Promise<Result> {
  const began = performance.now();
  const ended = (verdict: Verdict, more: Partial<Result> = {}): Result => ({
    case: each,
    verdict,
    ms: performance.now() - began,
    ...more,
  });
  try {
    await each.run(flow);
    return ended('passed');
  } catch (error) {
    if (error instanceof Deviation) {
      const { expected, seen, request } = error;
      return ended(verdictOf(each, strict), {
        deviation: { expected, seen },
        ...(request === undefined ? {} : { request }),
      });
    }
    if (error instanceof NotObservable) return ended('not-observable', { reason: error.reason });
    if (error instanceof Blocked) return ended('blocked', { reason: error.reason });
    return ended('crashed', {
      reason: literal(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    });
  }
}

const verdictOf = ({ level }: Case, strict: boolean): Verdict =>
  level === 'MUST' || (level === 'SHOULD' && strict) ? 'failed' : 'warned';
