import {
  type AuthTokenRefusal,
  authTokenRefusalCode,
  authTokenRefusalSentence,
  authTokenRefusals,
  type Result,
  type ResultCode,
  refusalCode,
  refusalSentence,
  result,
  resultCode,
  type TokenRefusal,
} from '@koobridge/contracts';
import type { RawBody, Refusal } from '@koobridge/ts-rest-koa';
import type { CallToken } from './call.ts';
import type { Admitted, Gate } from './gates.ts';

/** A request whose token was refused. */
export type NotAdmitted = Extract<Admitted, { ok: false }> & { readonly raw: RawBody };

/** How a request is answered that never reaches a room of a subject (R7, R8, R10). */
export function refusalResult(refusal: Refusal<CallToken, NotAdmitted>, gate: Gate['name']): Result {
  switch (refusal.kind) {
    case 'body-too-large':
      return invalid(`The body is larger than ${refusal.limit} bytes.`);
    case 'body-too-slow':
      return invalid(`The body did not arrive within ${refusal.deadlineMs} ms.`);
    case 'body-compressed':
      return invalid('The body is compressed; it must be sent as it was signed.');
    case 'not-admitted':
      return tokenResult(refusal.reason, gate);
    case 'body-unreadable':
      return invalid(`The body cannot be read: ${unreadable[refusal.reason]}.`);
    case 'schema':
      return invalid(refusal.issues.slice(0, 3).map(issueSentence).join('; '));
    case 'failed':
      return result(resultCode.internalError);
  }
}

/** Names the member first, as R10 asks. */
function tokenResult(reason: NotAdmitted, gate: Gate['name']): Result {
  const { code, sentence } = wording(reason.refusal, gate);
  const message =
    reason.refusal === 'member-repeated' && reason.member !== undefined ? `${reason.member}: ${sentence}` : sentence;
  return result(code, message);
}

/** Each scheme has reasons and sentences of its own; some reasons go by the same name in both. */
function wording(refusal: NotAdmitted['refusal'], gate: Gate['name']): { code: ResultCode; sentence: string } {
  if (gate === 'v1' && isAuthTokenRefusal(refusal)) {
    return { code: authTokenRefusalCode(refusal), sentence: authTokenRefusalSentence(refusal) };
  }
  const own = refusal as TokenRefusal; // the other gates give no reasons but these
  return { code: refusalCode(own), sentence: refusalSentence(own, gate === 'kit' ? 'kit' : 'query') };
}

const authRefusals: readonly string[] = authTokenRefusals;
const isAuthTokenRefusal = (refusal: string): refusal is AuthTokenRefusal => authRefusals.includes(refusal);

const invalid = (message: string): Result => result(resultCode.invalidParameter, message);

const unreadable = {
  empty: 'it is empty',
  'invalid-utf8': 'it is not UTF-8',
  bom: 'it begins with a byte order mark',
  'not-json': 'it is not JSON',
} as const;

type Issue = Extract<Refusal<CallToken, NotAdmitted>, { kind: 'schema' }>['issues'][number];

/** Names the member first, as R10 asks: `expireTime: must be an existing date`. */
function issueSentence({ path = [], message }: Issue): string {
  const member = path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  return member === '' ? `body: ${message}` : `${member}: ${message}`;
}
