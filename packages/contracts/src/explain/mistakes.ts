/**
 * Every mistake that an explanation can name: what happened, and what to do. A mistake is named only when the signature
 * of the request verifies under it, together with the others of the same explanation.
 */
const mistakes = {
  // Where the token stands and how it is spelled
  'token-in-query': [
    'The token of a Kit call stands in the query.',
    'Send it as the headers x-sign, x-timestamp and x-nonce.',
  ],
  'token-in-headers': [
    'The token of a base interface stands in headers.',
    'Send it in the query as signature, timestamp and nonce.',
  ],
  'token-misnamed': [
    'A part of the token has another name than the interface gives it.',
    'Use signature, timestamp and nonce in a query, x-sign, x-timestamp and x-nonce as headers, and authToken in V1.',
  ],
  'times-entity': [
    'The parameter "timestamp" is spelled with a multiplication sign: a web page took "&times" for one.',
    'Write "&timestamp=" again where the address was copied from a page.',
  ],
  'ampersand-entity': [
    'The address is escaped for HTML: its parameters are separated by "&amp;".',
    'Separate the parameters by "&" alone.',
  ],
  'parameter-repeated': [
    'A part of the token is given more than once; the first one verifies.',
    'Send each part once.',
  ],
  'timestamp-in-seconds': ['The timestamp has 10 digits, seconds.', 'Send 13 digits, milliseconds since 1970.'],
  'timestamp-malformed': [
    'The timestamp is not 13 digits.',
    'Send 13 digits, milliseconds since 1970, and nothing around them.',
  ],
  'nonce-malformed': [
    'The nonce is not 1 to 128 visible ASCII characters.',
    'Draw a shorter one of letters and digits for each call.',
  ],
  'signature-base64': ['The signature is written in Base64.', 'Write its 32 bytes as 64 hexadecimal digits.'],
  'signature-hex': ['The authToken is written in hexadecimal digits.', 'Write its 32 bytes in Base64, 44 characters.'],
  'signature-truncated': [
    'The signature is cut short: its beginning is right.',
    'Send all 64 hexadecimal digits, and look for a column or a variable that is too short.',
  ],
  'signature-decorated': ['Blanks, quotes or 0x stand around the signature.', 'Send the digits alone.'],
  'auth-token-plus-as-blank': [
    'A plus sign of the authToken became a blank.',
    'Percent-encode the authToken in the query (+ is %2B).',
  ],
  'auth-token-misplaced': [
    'The authToken stands in the query of a POST, or in the header of a GET.',
    'Send it in the query of a GET and as a header of a POST.',
  ],
  'time-stamp-malformed': [
    'The timeStamp is not an existing date in 17 or 14 digits.',
    'Write it as yyyyMMddHHmmssSSS.',
  ],

  // Which key
  'key-of-another-class': [
    'The key of another interface class signed.',
    'Sign with the key that the seller center binds to the class of this interface.',
  ],
  'key-with-blanks': [
    'The key was used with a line feed behind it, or with white space that was set around it.',
    'Trim the key when it is read from a file or a variable.',
  ],
  'key-without-time-stamp': ['The key alone keys the HMAC.', 'Key it with the key directly followed by the timeStamp.'],
  'key-behind-time-stamp': [
    'The timeStamp stands before the key in what keys the HMAC.',
    'Key it with the key directly followed by the timeStamp.',
  ],

  // The formula
  'inner-sha256': ['The body was hashed with plain SHA-256.', 'Use HMAC-SHA256 with the accessKey inside as well.'],
  'inner-upper-case': [
    'The inner hash was written in upper-case hex.',
    'Write it in lower case; only the case of the outer one is free.',
  ],
  'inner-base64': ['The inner hash was written in Base64.', 'Write it in lower-case hex.'],
  'formula-of-kit': [
    'The formula of the Kit was used: the body itself was signed.',
    'Sign the lower-case hex of its HMAC in a base interface.',
  ],
  'formula-of-base': [
    'The formula of the base interfaces was used: the HMAC of the body was signed.',
    'Sign the body itself in a Kit call.',
  ],
  'outer-key-empty': ['The outer HMAC has an empty key.', 'Use the accessKey as the key of both steps.'],
  'outer-key-nonce': ['The outer HMAC has the nonce as its key.', 'Use the accessKey as the key of both steps.'],
  'hmac-left-out': [
    'Plain SHA-256 stands in the place of the outer HMAC.',
    'Use HMAC-SHA256 with the key that the formula names.',
  ],
  'parts-reordered': [
    'The parts of the signed text stand in another order.',
    'Put them together as accessKey, nonce, timestamp, body part.',
  ],
  'access-key-left-out': [
    'The signed text does not start with the accessKey.',
    'Put the accessKey before nonce and timestamp, besides using it as the key.',
  ],
  'separator-added': [
    'Something separates the parts of the signed text.',
    'Put the parts together with nothing between them.',
  ],
  'separator-left-out': ['Nothing separates the parameters of the signed text.', 'Join them with "&".'],

  // Timestamp and nonce as signed
  'timestamp-cut': ['The timestamp was cut to 10 digits in the signed text.', 'Sign the 13 digits that are sent.'],
  'timestamp-extended': [
    'Milliseconds were signed but seconds sent.',
    'Sign the digits that are sent, all 13 of them.',
  ],
  'nonce-encoded': ['The nonce was signed percent-encoded.', 'Sign the nonce as it reads decoded.'],
  'nonce-decoded-twice': ['The nonce was decoded twice before it was signed.', 'Decode the query once.'],
  'nonce-plus-as-blank': [
    'A plus sign of the nonce was read as a blank.',
    'Percent-decode the query; a plus sign stands for itself.',
  ],

  // The body as signed
  'body-left-out': ['No body was signed.', 'Read the body before the signature is computed, byte by byte.'],
  'body-newline-added': [
    'A line end was signed behind the body.',
    'Sign the bytes that are sent; echo and editors add a line end.',
  ],
  'body-blanks-removed': ['White space around the body was sent but not signed.', 'Sign the bytes that are sent.'],
  'body-bom-added': [
    'A byte order mark was signed before the body.',
    'Write the body in UTF-8 without a byte order mark.',
  ],
  'body-bom-removed': [
    'The byte order mark before the body was sent but not signed.',
    'Send the body without a byte order mark.',
  ],
  'body-line-ends-changed': [
    'The line ends of the body were changed between signing and sending.',
    'Send the body as binary data.',
  ],
  'body-read-as-latin1': [
    'The bytes of the body were taken for Latin-1.',
    'Read and write the body as UTF-8, whatever the platform takes for its default.',
  ],
  'body-written-as-latin1': [
    'The body was signed in Latin-1.',
    'Read and write the body as UTF-8, whatever the platform takes for its default.',
  ],
  'body-quoted': [
    'The body was serialised twice: a JSON string that holds the JSON was signed.',
    'Serialise the message once.',
  ],
  'body-reserialised': [
    'The body was parsed and serialised anew before it was signed.',
    'Sign the bytes that are sent; take the raw body before a parser gets it.',
  ],
  'body-spaced': [
    'The body was signed with a blank behind each comma and colon.',
    'Serialise it once, compact, and sign the bytes that are sent.',
  ],
  'body-indented': ['The body was signed indented.', 'Serialise it once, compact, and sign the bytes that are sent.'],
  'body-sorted-descending': [
    'The members of the body were sorted from Z to A.',
    'Sort them from A to Z, or sign the bytes that are sent.',
  ],
  'body-sorted-deep': [
    'Nested members of the body were sorted as well.',
    'Sort the top level only, or sign the bytes that are sent.',
  ],
  'body-nulls-kept': [
    'The members of the body were sorted but those that are null stayed.',
    'Leave out the nulls of the top level, or sign the bytes that are sent.',
  ],
  'body-nulls-dropped': [
    'Members that are null were left out of what was signed.',
    'Leave them out of what is sent as well.',
  ],
  'body-escaped': ['Characters outside ASCII were signed as \\u escapes.', 'Sign the bytes that are sent.'],
  'body-unescaped': [
    'Escapes of the body were signed as the characters they stand for.',
    'Sign the bytes that are sent.',
  ],
  'body-slashes-escaped': ['Slashes of the body were signed as \\/.', 'Sign the bytes that are sent.'],
  'body-html-escaped': [
    'Characters that mean something in HTML were signed as \\u escapes.',
    'Switch the HTML escapes of the JSON writer off, or sign the bytes that are sent.',
  ],
  'body-numbers-rewritten': [
    'Numbers of the body were parsed and written in another form.',
    'Sign the bytes that are sent.',
  ],

  // The parameters of V1 as signed
  'values-encoded': ['The values were signed percent-encoded.', 'Decode each value before it is signed.'],
  'values-decoded-twice': ['The values were decoded twice before they were signed.', 'Decode each value once.'],
  'blank-values-skipped': [
    'Parameters without a value were left out of a GET.',
    'Sign them as "name=" in a GET; only the body of a POST leaves them out.',
  ],
  'blank-values-kept': [
    'Members without a value were signed in a POST.',
    'Leave out members that are null, empty or blank.',
  ],
  'auth-token-included': [
    'The authToken itself was among the signed parameters.',
    'Sign all parameters except the authToken.',
  ],
  'time-stamp-left-out': [
    'The timeStamp was not among the signed parameters.',
    'Sign all parameters except the authToken; the timeStamp is one of them.',
  ],
  'parameters-unsorted': [
    'The parameters were signed in the order they were sent.',
    'Sort them by name, upper case before lower case.',
  ],
  'parameters-sorted-descending': [
    'The parameters were sorted from Z to A.',
    'Sort them by name, upper case before lower case.',
  ],
  'parameters-sorted-ignoring-case': [
    'The parameters were sorted without regard to case.',
    'Sort them by name, upper case before lower case.',
  ],
} as const satisfies Record<string, readonly [sentence: string, advice: string]>;

/** The closed set of mistakes. */
export type MistakeId = keyof typeof mistakes;
export const mistakeIds = Object.keys(mistakes) as MistakeId[]; // the keys of a literal are exactly its type's

/** A mistake with what happened and what to do, a sentence each without any secret. */
export interface Mistake {
  readonly id: MistakeId;
  readonly sentence: string;
  readonly advice: string;
}

export function mistake(id: MistakeId): Mistake {
  const [sentence, advice] = mistakes[id];
  return { id, sentence, advice };
}
