import type { Result } from '@koobridge/contracts';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

/** What is told of a callback; nothing of it is secret. */
export interface Call {
  readonly activity?: string | null;
  readonly subject?: string | null;
  /** Why it was refused before it reached its subject. */
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
}

/** Counts every callback and logs it: a success quietly, a refusal with its reason. */
export function observeCallbacks(log: Logger, metrics: Metrics): CallbackObserver {
  return {
    answered({ answer, seconds, ...call }) {
      const { resultCode: code, resultMsg } = answer;
      metrics.callbacks.labels(call.reason === undefined ? (call.activity ?? '') : 'refused', code).inc();
      metrics.seconds.observe(seconds);
      const ms = Math.round(seconds * 1e4) / 10;
      if (code === '000000') log.debug({ ...call, code, ms }, 'callback');
      else log.info({ ...call, code, resultMsg, ms }, 'callback refused');
    },
    failed(error) {
      log.error({ err: error }, 'a callback failed unexpectedly and was answered 000005');
    },
  };
}
