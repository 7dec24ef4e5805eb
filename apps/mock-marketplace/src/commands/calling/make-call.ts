import type { CallName } from '../../callbacks/calls.ts';
import { judge, type Verdict } from '../../callbacks/judge.ts';
import { keptAnswer } from '../../callbacks/kept-answer.ts';
import type { Outcome } from '../../callbacks/outcome.ts';
import { httpSender } from '../../callbacks/send.ts';
import type { SignedRequest } from './compose.ts';

/** A call that was made, and how the store would judge it. */
export interface MadeCall {
  readonly request: SignedRequest;
  readonly answer: {
    readonly status: number;
    readonly contentType: string | null;
    readonly body: string | null;
  } | null;
  readonly verdict: Verdict;
  readonly durationMs: number;
}

/** Sends a request and judges its answer by R21, the clauses alone: no records of a marketplace stand behind it. */
export async function makeCall(
  activity: CallName,
  request: SignedRequest,
  limitMs: number,
  now: () => number,
): Promise<MadeCall> {
  const since = now();
  const outcome = await httpSender(limitMs)(request, new AbortController().signal);
  const durationMs = now() - since;
  // Nothing aborts the call, so nobody abandons it.
  if (outcome.kind === 'abandoned') throw new Error('the call was abandoned');
  return { request, answer: answerOf(outcome), verdict: judge(activity, request.body, outcome), durationMs };
}

function answerOf(outcome: Outcome): MadeCall['answer'] {
  if (!('status' in outcome) || outcome.status === null) return null;
  const contentType = outcome.kind === 'answered' ? outcome.contentType : null;
  return { status: outcome.status, contentType, body: 'body' in outcome ? keptAnswer(outcome.body) : null };
}
