import { type ResultCode, resultCode } from '../result-code.ts';

/** Every reason an `authToken` can be refused for (R25), each with the code that answers it (R7) and a sentence for people. */
const reasons = {
  'auth-token-missing': [resultCode.invalidParameter, 'The authToken is missing or empty.'],
  'auth-token-malformed': [resultCode.invalidParameter, 'The authToken is not 32 bytes in Base64 (44 characters).'],
  'time-stamp-missing': [resultCode.invalidParameter, 'The parameter "timeStamp" is missing or empty.'],
  'time-stamp-malformed': [resultCode.invalidParameter, 'The timeStamp is not an existing date in 17 or 14 digits.'],
  'parameter-repeated': [resultCode.invalidParameter, 'The authToken or the timeStamp is given more than once.'],
  'parameter-malformed': [resultCode.invalidParameter, 'A parameter is not percent-encoded UTF-8.'],
  'parameters-too-many': [resultCode.invalidParameter, 'There are more than 1000 parameters.'],
  'body-unreadable': [resultCode.invalidParameter, 'The body is not a JSON object in UTF-8.'],
  'member-repeated': [resultCode.invalidParameter, 'A member name occurs twice in one object of the body.'],
  'time-stamp-stale': [resultCode.authenticationFailed, 'The timeStamp is too far in the past.'],
  'time-stamp-ahead': [resultCode.authenticationFailed, 'The timeStamp is too far in the future.'],
  'auth-token-wrong': [resultCode.authenticationFailed, 'No key of the retired interfaces gives this authToken.'],
  'auth-token-replayed': [
    resultCode.authenticationFailed,
    'The authToken was used before: each call needs a timeStamp of its own.',
  ],
} as const satisfies Record<string, readonly [ResultCode, string]>;

/** The closed set of reasons. A value, never an exception. */
export type AuthTokenRefusal = keyof typeof reasons;

export const authTokenRefusals = Object.keys(reasons) as AuthTokenRefusal[]; // the keys of a literal are exactly its type's

/** What happened, in one sentence without any secret. */
export const authTokenRefusalSentence = (refusal: AuthTokenRefusal): string => reasons[refusal][1];

/** The result code that answers a refusal: malformed is `000002`, not authentic is `000001` (R7). */
export const authTokenRefusalCode = (refusal: AuthTokenRefusal): ResultCode => reasons[refusal][0];
