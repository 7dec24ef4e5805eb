import { isActivityName, isKitActivityName, isV1ActivityName, type Result, resultCode } from '@koobridge/contracts';
import type { Logger } from 'pino';
import { lineLimit } from './line-limit.ts';
import type { Metrics } from './metrics.ts';

/** What is told of a callback; nothing of it is secret. */
export interface Call {
  readonly activity?: string | null;
  readonly subject?: string | null;
  /** Why it was refused before it reached its subject, or that its token was used before. */
  readonly reason?: string;
}

export interface AnsweredCall extends Call {
  readonly answer: Result;
  readonly conflict?: string | undefined;
  readonly seconds: number;
}

export interface CallbackObserver {
  answered(call: AnsweredCall): void;
  failed(error: unknown): void;
  /** A member of an answer was longer, once encrypted, than the store takes. */
  leftOut(call: Call, member: string): void;
}

const refusalsPerSecond = 20;
/** While the disk is full, every callback fails. */
const failuresPerSecond = 1;

/** Counts every callback and logs it: a success quietly, a refusal with its reason, though no more than 20 a second. */
export function observeCallbacks(log: Logger, metrics: Metrics): CallbackObserver {
  const limit = lineLimit(refusalsPerSecond, () => performance.now());
  const failures = lineLimit(failuresPerSecond, () => performance.now());
  return {
    answered({ answer, seconds, ...call }) {
      const { resultCode: code, resultMsg } = answer;
      metrics.callbacks.labels(reachedActivity(call) ?? 'refused', code).inc();
      metrics.seconds.observe(seconds);
      const ms = Math.round(seconds * 1e4) / 10;
      if (code === resultCode.success || code === resultCode.processing) {
        log.debug({ ...call, code, ms }, 'callback');
        return;
      }
      const heldBack = limit.pass();
      if (heldBack === undefined) return;
      log.info({ ...call, code, resultMsg, ms, ...(heldBack > 0 && { heldBack }) }, 'callback refused');
    },
    leftOut(call, member) {
      if (failures.pass() === undefined) return;
      const why = 'a member of the answer is too long once encrypted, and was left out: at most 79 bytes of UTF-8 fit';
      log.warn({ ...call, member }, why);
    },
    failed(error) {
      const heldBack = failures.pass();
      if (heldBack === undefined) return;
      log.error(
        { err: error, ...(heldBack > 0 && { heldBack }) },
        'a callback failed unexpectedly and was answered 000005',
      );
    },
  };
}

/** Only names that we know: whatever else a body calls itself must not become a label. */
function reachedActivity({ activity, reason }: Call): string | undefined {
  const isReached = reason === undefined || reason === 'nonce-replayed';
  const isKnown = isActivityName(activity) || isKitActivityName(activity) || isV1ActivityName(activity);
  return isReached && isKnown ? activity : undefined;
}
