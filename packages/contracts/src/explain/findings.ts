/** What an explanation noticed besides, each with a sentence for people. */
const findings = {
  'timestamp-stale': 'The timestamp lies too far in the past for a receiver to accept it now.',
  'timestamp-ahead': 'The timestamp lies too far in the future for a receiver to accept it now.',
  'timestamp-missing': 'The timestamp is missing or empty.',
  'nonce-missing': 'The nonce is missing or empty.',
  'signature-missing': 'The signature or authToken is missing or empty.',
  'signature-unreadable': 'The signature is neither hexadecimal nor Base64, or it is far too short.',
  'member-repeated': 'A member name occurs twice in one object of the body, which a receiver refuses (R5).',
  'body-no-json': 'The body is not a JSON object.',
  'body-no-utf-8': 'The body is not UTF-8.',
  'body-long': 'The body is long: only the commonest mistakes were tried.',
  'search-ended': 'The search ended before every variant was tried.',
  'activity-unknown': 'The body names no activity of the base interfaces, so the key class is open.',
  'method-unexpected': 'The interface is called by POST, or by GET in V1; this request has another method.',
  'no-key': 'No key of the class of this interface was given.',
  'parameters-unreadable':
    'The parameters cannot be read: broken percent-encoding, a body that is no JSON object, or far too many.',
  'scheme-not-checked': 'The scheme is recognised but its signature is not checked here.',
  'secret-in-request': 'The request contains a key in clear: replace that key, for it was sent.',
  'curl-ampersand-unquoted': 'The address is not in quotes: a shell cuts the command at its first ampersand.',
  'curl-option-ignored': 'An option or word of the command line was not understood and left out.',
} as const satisfies Record<string, string>;

/** The closed set of findings. */
export type FindingId = keyof typeof findings;
export const findingIds = Object.keys(findings) as FindingId[]; // the keys of a literal are exactly its type's

export interface Finding {
  readonly id: FindingId;
  /** One sentence without any secret. */
  readonly sentence: string;
}

export const finding = (id: FindingId): Finding => ({ id, sentence: findings[id] });
