import { type ActivityName, activities, findDuplicateMember, resultCode } from '@koobridge/contracts';
import type { Outcome } from './outcome.ts';

/** The clauses of R21, each of which can fail a call. */
export const judgingRules = [
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
  | { readonly succeeded: true; readonly resultCode: string }
  | {
      readonly succeeded: false;
      readonly rule: JudgingRule;
      /** The store's words for it (`usermanual-marketplace/access_topic_0000008`), then what was seen and what to change. */
      readonly reason: string;
      readonly resultCode: string | null;
    };

/** Whether a call succeeded, by R21. Pure; an abandoned call is nobody's to judge. */
export function judge(activity: ActivityName, outcome: Exclude<Outcome, { kind: 'abandoned' }>): Verdict {
  switch (outcome.kind) {
    case 'unreachable':
      return fail('reachable', `The production address is unreachable: ${outcome.cause}.`);
    case 'timed-out':
      return fail('time-limit', `The call timed out after ${outcome.limitMs / 1000} s. Answer first, work afterwards.`);
    case 'broken':
      return fail(
        'whole-answer',
        `The production address is unreachable: ${outcome.cause}, before a whole answer had come.`,
      );
    case 'too-large':
      return fail('answer-size', `Parsing the response body failed: it is longer than ${outcome.limitBytes} bytes.`);
    case 'answered':
      return judgeAnswer(activity, outcome.status, outcome.contentType, outcome.body);
  }
}

function judgeAnswer(activity: ActivityName, status: number, contentType: string | null, body: Uint8Array): Verdict {
  if (status !== 200) return fail('http-status', `The response httpCode is ${status}, not 200.${statusAdvice(status)}`);
  if (!isJsonType(contentType)) {
    return fail('content-type', `Invalid content-type format: ${contentType ?? 'none'}. It must be application/json.`);
  }
  const reading = readObject(body);
  if (reading === undefined) {
    return fail('readable-body', 'Parsing the response body failed: it is no JSON object in UTF-8.');
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
  if (code !== resultCode.success) {
    return fail(
      'result-code',
      `The production interface returned the error result code "${clip(code)}" (${clip(message)}).`,
      clip(code),
    );
  }
  const issue = activities[activity].answer.safeParse(members).error?.issues[0];
  if (issue !== undefined) {
    const member = issue.path.join('.');
    return fail('answer-members', `The response does not contain a valid "${member}": ${issue.message}.`, code);
  }
  return { succeeded: true, resultCode: code };
}

const fail = (rule: JudgingRule, reason: string, code: string | null = null): Verdict => ({
  succeeded: false,
  rule,
  reason,
  resultCode: code,
});

const statusAdvice = (status: number): string =>
  status >= 300 && status < 400 ? ' Redirects are not followed: answer at the production address itself.' : '';

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
