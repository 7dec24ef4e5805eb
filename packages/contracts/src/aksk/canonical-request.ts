import { createHash } from 'node:crypto';

/** A request of the store's open APIs, as far as SDK-HMAC-SHA256 signs it. */
export interface SignableRequest {
  readonly method: string;
  /** Path and query as they are sent, e.g. `/v1/a%20b?limit=2`. */
  readonly target: string;
  /** Header names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body's bytes exactly as sent; text is sent as UTF-8. */
  readonly body: string | Uint8Array;
}

/**
 * The canonical request of the signing guide (`devg-apisign/api-sign-algorithm-002`): method, path closed by a slash,
 * sorted query, the signed headers, their names, and the SHA-256 of the body. `signedHeaders` are lower-case names in
 * order; one that the request lacks counts as empty. Values are trimmed, and what is percent-encoded already is not
 * encoded twice, as the Python signer of the store's SDK does. Never throws: what cannot be decoded stands as it is.
 */
export function canonicalRequest(request: SignableRequest, signedHeaders: readonly string[]): string {
  const question = request.target.indexOf('?');
  const path = question === -1 ? request.target : request.target.slice(0, question);
  const query = question === -1 ? '' : request.target.slice(question + 1);
  const headers = lowerCaseNames(request.headers);
  return [
    request.method.toUpperCase(),
    canonicalPath(path),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${(headers.get(name) ?? '').trim()}`),
    '',
    signedHeaders.join(';'),
    sha256Hex(request.body),
  ].join('\n');
}

/** 64 lower-case hex digits; text is hashed as UTF-8. */
export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The headers by lower-case name. */
export const lowerCaseNames = (headers: Readonly<Record<string, string>>): Map<string, string> =>
  new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function canonicalPath(path: string): string {
  const encoded = path
    .split('/')
    .map((segment) => encode(decode(segment)))
    .join('/');
  return encoded.endsWith('/') ? encoded : `${encoded}/`;
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = query.split('&').map((pair): readonly [string, string] => {
    const equals = pair.indexOf('=');
    return equals === -1 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
  });
  pairs.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// encodeURIComponent leaves !'()* alone, RFC 3986 does not.
const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
