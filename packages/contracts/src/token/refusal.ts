import { type ResultCode, resultCode } from '../result-code.ts';

/** Every reason a security token can be refused for, each with the code that answers it (R7) and a sentence for people. */
const reasons = {
  'signature-missing': [resultCode.invalidParameter, 'The query parameter "signature" is missing or empty.'],
  'timestamp-missing': [resultCode.invalidParameter, 'The query parameter "timestamp" is missing or empty.'],
  'nonce-missing': [resultCode.invalidParameter, 'The query parameter "nonce" is missing or empty.'],
  'parameter-repeated': [resultCode.invalidParameter, 'A token parameter is given more than once.'],
  'signature-malformed': [resultCode.invalidParameter, 'The signature is not 64 hexadecimal digits.'],
  'timestamp-malformed': [resultCode.invalidParameter, 'The timestamp is not 13 digits (milliseconds).'],
  'nonce-malformed': [resultCode.invalidParameter, 'The nonce is not 1 to 128 visible ASCII characters.'],
  'timestamp-stale': [resultCode.authenticationFailed, 'The timestamp is more than 60 seconds in the past.'],
  'timestamp-ahead': [resultCode.authenticationFailed, 'The timestamp is more than 60 seconds in the future.'],
  'signature-wrong': [resultCode.authenticationFailed, 'No key of this interface class gives this signature.'],
  'nonce-replayed': [resultCode.authenticationFailed, 'The nonce was used before: each call needs a fresh token.'],
  'member-repeated': [resultCode.invalidParameter, 'A member name occurs twice in one object of the body.'],
} as const satisfies Record<string, readonly [ResultCode, string]>;

/** The closed set of reasons. A value, never an exception. */
export type TokenRefusal = keyof typeof reasons;

export const tokenRefusals = Object.keys(reasons) as TokenRefusal[]; // the keys of a literal are exactly its type's

/** Where a token travels: in the query of a base interface, in the headers of the Kit, or in those of the usage push. */
export type TokenCarrier = 'query' | 'kit' | 'usage-push';

/** What a carrier calls its parts, where the words for the query would mislead. */
const wording: Readonly<Record<TokenCarrier, Partial<Record<TokenRefusal, string>>>> = {
  query: {},
  kit: {
    'signature-missing': 'The header "x-sign" is missing or empty.',
    'timestamp-missing': 'The header "x-timestamp" is missing or empty.',
    'nonce-missing': 'The header "x-nonce" is missing or empty.',
  },
  'usage-push': {
    'signature-missing': 'The header "signature" is missing or empty.',
    'timestamp-missing': 'The header "ts" is missing or empty.',
    'nonce-missing': 'The header "nonce" is missing or empty.',
    'signature-malformed': 'The signature is not 32 bytes in Base64.',
    'nonce-malformed': 'The nonce is not 1 to 64 visible ASCII characters.',
    'timestamp-stale': 'The timestamp is too far in the past.',
    'timestamp-ahead': 'The timestamp is too far in the future.',
  },
};

/** What happened, in one sentence without any secret, in the words of the place where the token was found. */
export const refusalSentence = (refusal: TokenRefusal, carrier: TokenCarrier = 'query'): string =>
  wording[carrier][refusal] ?? reasons[refusal][1];

/** The result code that answers a refusal: malformed is `000002`, not authentic is `000001` (R7). */
export const refusalCode = (refusal: TokenRefusal): ResultCode => reasons[refusal][0];
