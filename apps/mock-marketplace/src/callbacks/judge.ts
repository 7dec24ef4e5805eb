import { findDuplicateMember, resultCode } from '@koobridge/contracts';
import * as z from 'zod';
import { type CallName, calls } from './calls.ts';
import type { Outcome } from './outcome.ts';

/** The clauses of R21, each of which can fail a call, behind the key that the call is signed with. */
export const judgingRules = [
  'signing-key',
  'reachable',
  'time-limit',
  'whole-answer',
  'answer-size',
  'http-status',
  'content-type',
  'readable-body',
  'result-code',
  'answer-members',
] as const;
export type JudgingRule = (typeof judgingRules)[number];

export type Verdict =
  /** `members` of the answer, as its schema reads them. */
  | { readonly succeeded: true; readonly resultCode: string; readonly members: Readonly<Record<string, unknown>> }
  | {
      readonly succeeded: false;
      readonly rule: JudgingRule;
      /** The store's words for it (`usermanual-marketplace/access_topic_0000008`), then what was seen and what to change. */
      readonly reason: string;
      readonly resultCode: string | null;
    };

/** A call that could not be signed was not made. */
export const unsigned = (reason: string): Verdict => fail('signing-key', `The call was not made: ${reason}.`);

/** Whether a call with this body succeeded, by R21. Pure; an abandoned call is nobody's to judge. */
export function judge(activity: CallName, body: string, outcome: Exclude<Outcome, { kind: 'abandoned' }>): Verdict {
  switch (outcome.kind) {
    case 'unreachable':
      return fail('reachable', `The production address is unreachable: ${outcome.cause}.`);
    case 'timed-out':
      return fail('time-limit', `The call timed out after ${outcome.limitMs / 1000} s${begun(outcome.status)}.`);
    case 'broken':
      return fail(
        'whole-answer',
        `The production address is unreachable: ${outcome.cause}, before a whole answer had come.`,
      );
    case 'too-large':
      return fail('answer-size', `Parsing the response body failed: it is longer than ${outcome.limitBytes} bytes.`);
    case 'answered':
      return judgeAnswer(activity, body, outcome);
  }
}

function judgeAnswer(
  activity: CallName,
  sent: string,
  { status, contentType, body }: Extract<Outcome, { kind: 'answered' }>,
): Verdict {
  if (status !== 200) return fail('http-status', `The response httpCode is ${status}, not 200.${statusAdvice(status)}`);
  if (!isJsonType(contentType)) {
    return fail('content-type', `Invalid content-type format: ${contentType ?? 'none'}. It must be application/json.`);
  }
  const reading = readObject(body);
  if (reading === undefined) {
    const mark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
    const what = mark ? 'it begins with a byte order mark, which JSON must not' : 'it is no JSON object in UTF-8';
    return fail('readable-body', `Parsing the response body failed: ${what}.`);
  }
  const { members, repeated } = reading;
  if (repeated !== undefined) {
    return fail(
      'readable-body',
      `Parsing the response body failed: it has "${clip(repeated)}" twice in one object, and which of them counts differs from parser to parser. Answer each member once.`,
    );
  }
  const { resultCode: code, resultMsg: message } = members;
  if (typeof code !== 'string' || typeof message !== 'string') {
    const missing = typeof code === 'string' ? 'resultMsg' : 'resultCode';
    return fail('readable-body', `Parsing the response body failed: it has no "${missing}" that is a string.`);
  }
  if (code !== resultCode.success && !(code === resultCode.processing && mayTakeTime.has(activity))) {
    return fail(
      'result-code',
      `The production interface returned the error result code "${clip(code)}" (${clip(message)}).`,
      clip(code),
    );
  }
  const read = calls[activity].answer.safeParse(members);
  const issue = read.error?.issues[0];
  if (issue !== undefined) {
    const member = issue.path.join('.');
    return fail('answer-members', `The response does not contain a valid "${member}": ${issue.message}.`, code);
  }
  if (activity === 'newInstance' && members['instanceId'] === undefined) {
    return fail('answer-members', 'The response does not contain "instanceId": answer your id of the instance.', code);
  }
  const untold = activity === 'queryInstance' ? notTold(sent, read.data) : undefined;
  if (untold !== undefined) {
    return fail('answer-members', `The response does not contain "info" of the instance "${clip(untold)}".`, code);
  }
  return { succeeded: true, resultCode: code, members: { ...read.data } };
}

const Asked = z.looseObject({ instanceId: z.string() });
const Told = z.looseObject({ info: z.array(z.looseObject({ instanceId: z.string() })).default([]) });

/** The first instance that was asked for and is not in the answer. */
function notTold(sent: string, answer: unknown): string | undefined {
  const told = new Set(Told.parse(answer).info.map(({ instanceId }) => instanceId));
  return Asked.parse(JSON.parse(sent))
    .instanceId.split(',')
    .find((id) => !told.has(id));
}

/** What may be done after the answer: 000004 is a success of these, and an error of all others (R21). */
const mayTakeTime: ReadonlySet<CallName> = new Set(['newInstance', 'getLicenseAsync']);

export const fail = (rule: JudgingRule, reason: string, code: string | null = null): Verdict => ({
  succeeded: false,
  rule,
  reason,
  resultCode: code,
});

const begun = (status: number | null): string =>
  status === null
    ? '. Answer first, work afterwards'
    : `, behind a status ${status} whose body did not come to its end: send the length it has, and end it`;

function statusAdvice(status: number): string {
  if (status >= 300 && status < 400) return ' Redirects are not followed: answer at the production address itself.';
  if (status === 401 || status === 403)
    return ' The store logs in nowhere: let its calls through, and check their token.';
  if (status === 404) return ' Nothing answers at this path: compare it with the production address.';
  if (status === 502 || status === 503 || status === 504)
    return ' A proxy answers in place of your server: is it running?';
  return ' Answer every failure with HTTP 200 and a resultCode.';
}

/** The media type decides; parameters such as a charset are allowed (R21). */
const isJsonType = (contentType: string | null): boolean =>
  contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';

interface ReadObject {
  readonly members: Readonly<Record<string, unknown>>;
  /** A name that occurs twice in one object, at any depth: judged as R5 judges it in a request. */
  readonly repeated: string | undefined;
}

function readObject(body: Uint8Array): ReadObject | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return { members: { ...value }, repeated: findDuplicateMember(text) };
  } catch {
    return undefined;
  }
}

const quoted = 80;

/** What a seller's server says is shown, but not at any length. */
const clip = (text: string): string => (text.length <= quoted ? text : `${text.slice(0, quoted).toWellFormed()}…`);
