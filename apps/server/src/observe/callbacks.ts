import { isActivityName, isKitActivityName, isV1ActivityName, type Result, resultCode } from '@koobridge/contracts';
import type { Logger } from 'pino';
import type { Counter } from 'prom-client';
import type { LineOutcome } from '../ledger/receipts.ts';
import { lineLimit } from './line-limit.ts';
import type { Metrics } from './metrics.ts';
import { refusalReasons } from './reasons.ts';
import type { LineSink } from './standard-error.ts';

/** What is told of a callback; nothing of it is secret. */
export interface Call {
  readonly activity?: string | null;
  readonly subject?: string | null;
  /** Why it was refused before it reached its subject, or that its token was used before. */
  readonly reason?: string;
  /** Whether it only tried the server out (R12). */
  readonly debugging?: boolean;
}

export interface AnsweredCall extends Call {
  readonly answer: Result;
  readonly conflict?: string | undefined;
  /** What became of its order line, if it has one. */
  readonly line?: LineOutcome | undefined;
  /** What was thrown, if the answer says no more than that something was. */
  readonly error?: unknown;
  readonly seconds: number;
}

export interface CallbackObserver {
  answered(call: AnsweredCall): void;
  /** A member of an answer was longer, once encrypted, than the store takes. */
  leftOut(call: Call, member: string): void;
}

const refusalsPerSecond = 20;
/** While the disk is full, every callback fails. */
const failuresPerSecond = 1;

/**
 * Counts every callback and writes one line about it, without its body: of those that were refused no more than 20 a
 * second, and of those that failed one, because strangers and full disks decide how many there are.
 */
export function observeCallbacks(log: Logger, sink: Pick<LineSink, 'write'>, metrics: Metrics): CallbackObserver {
  const refusals = lineLimit(refusalsPerSecond, () => performance.now());
  const failures = lineLimit(failuresPerSecond, () => performance.now());
  const count = counting();
  const tellsSuccess = log.isLevelEnabled('info');
  return {
    answered({ error, seconds, ...told }) {
      const { answer, debugging, line, ...call } = told;
      const { resultCode: code, resultMsg } = answer;
      count(metrics.callbacks, reachedActivity(call) ?? 'refused', code);
      metrics.seconds.observe(seconds);
      if (debugging === true) count(metrics.debuggingCalls, code);
      if (line !== undefined) count(metrics.orderLines, line);
      const ms = Math.round(seconds * 1e4) / 10;
      if (code === resultCode.success || code === resultCode.processing) {
        if (tellsSuccess) sink.write(successLine(told, ms));
        return;
      }
      count(metrics.refused, reasonOf(told));
      if (debugging !== true && call.reason !== 'nonce-replayed' && isKnown(call.activity)) {
        count(metrics.failedCalls, call.activity);
      }
      const heldBack = (error === undefined ? refusals : failures).pass();
      if (heldBack === undefined) return;
      const more = { ...(line && { line }), ...(debugging && { debugging }), ...(heldBack > 0 && { heldBack }) };
      if (error === undefined) log.info({ ...call, code, resultMsg, ms, ...more }, 'callback refused');
      else log.error({ ...call, code, ms, ...more, err: error }, 'callback failed unexpectedly');
    },
    leftOut(call, member) {
      if (failures.pass() === undefined) return;
      const why = 'a member of the answer is too long once encrypted, and was left out: at most 79 bytes of UTF-8 fit';
      log.warn({ ...call, member }, why);
    },
  };
}

/** Counts by labels, of which there are few: what stands for them is looked up once, because prom-client makes it anew. */
function counting() {
  const known = new Map<Counter, Map<string, Counter.Internal>>();
  return (counter: Counter, ...labels: string[]): void => {
    const children = known.get(counter) ?? new Map<string, Counter.Internal>();
    if (children.size === 0) known.set(counter, children);
    const name = labels.join();
    const child = children.get(name) ?? counter.labels(...labels);
    children.set(name, child);
    child.inc();
  };
}

const infoLevel = 30;

/** As pino would write it, in a quarter of the time: there is one for every callback. */
function successLine(
  { activity, subject, answer, line, debugging }: Omit<AnsweredCall, 'seconds'>,
  ms: number,
): string {
  const names = `"activity":${JSON.stringify(activity ?? null)},"subject":${JSON.stringify(subject ?? null)}`;
  const more = `${line === undefined ? '' : `,"line":"${line}"`}${debugging === true ? ',"debugging":true' : ''}`;
  const code = JSON.stringify(answer.resultCode);
  return `{"level":${infoLevel},"time":${Date.now()},${names},"code":${code},"ms":${ms}${more},"msg":"callback"}\n`;
}

/** Only names that we know: whatever else a body calls itself must not become a label. */
function reachedActivity({ activity, reason }: Call): string | undefined {
  const isReached = reason === undefined || reason === 'nonce-replayed';
  return isReached && isKnown(activity) ? activity : undefined;
}

const isKnown = (activity: unknown): activity is string =>
  isActivityName(activity) || isKitActivityName(activity) || isV1ActivityName(activity);

function reasonOf({ reason, conflict, answer }: Omit<AnsweredCall, 'seconds'>): string {
  if (reason !== undefined) return refusalReasons.has(reason) ? reason : 'rejected';
  if (conflict !== undefined) return 'conflict';
  if (answer.resultCode === resultCode.internalError) return 'failed';
  return answer.resultCode === resultCode.notFound ? 'unknown-subject' : 'rejected';
}
