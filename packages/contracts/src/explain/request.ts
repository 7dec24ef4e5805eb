import { readCurl } from './curl-line.ts';
import type { FindingId } from './findings.ts';

/** A request in parts; every part may be missing. Header names in any case. */
export interface RequestParts {
  /** `POST` unless given, or `GET` where there is no body. */
  readonly method?: string | undefined;
  /** The address, or only its path, with the query as it was sent. */
  readonly url?: string | undefined;
  /** The query as it was sent, with or without question mark, where the address is not known. */
  readonly query?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The body exactly as sent; text is sent as UTF-8. */
  readonly body?: string | Uint8Array | undefined;
}

/** A request as all explanations look at it. */
export interface ReadRequest {
  readonly method: string;
  /** `undefined` where only the query is known. */
  readonly path: string | undefined;
  /** As it was sent, without the question mark. */
  readonly query: string;
  /** By lower-case name; of a repeated one the first. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** What the reading itself noticed. */
  readonly findings: readonly FindingId[];
}

/** Why a request cannot be looked at, each with a sentence for people. */
const problems = {
  'too-large': 'The request is longer than 24 MiB.',
  'quote-unclosed': 'A quote of the command line is never closed.',
  'not-curl': 'The command line does not start with curl.',
  'address-missing': 'The request has no address.',
  'body-in-file': 'The body or a header is read from a file (@…); put the content itself there.',
  'no-token':
    'The request carries no token: neither signature, timestamp and nonce in the query, nor x-sign, x-timestamp and x-nonce as headers, nor an authToken.',
} as const;

export type RequestProblem = keyof typeof problems;
export const requestProblems = Object.keys(problems) as RequestProblem[]; // the keys of a literal are exactly its type's
export const requestProblemSentence = (problem: RequestProblem): string => problems[problem];

export type RequestReading =
  | { readonly ok: true; readonly request: ReadRequest }
  | { readonly ok: false; readonly problem: RequestProblem };

/** The largest body (R8: 16 MiB for the Kit), with room for its escapes. */
const mostCharacters = 24 * 1024 * 1024;

/** Reads a curl command line, or a request in parts. */
export function readRequest(request: string | RequestParts): RequestReading {
  if (typeof request !== 'string') return readParts(request);
  if (request.length > mostCharacters) return { ok: false, problem: 'too-large' };
  const line = readCurl(request);
  if (!line.ok) return line;
  const reading = readParts(line.parts);
  if (!reading.ok) return reading;
  return { ok: true, request: { ...reading.request, findings: line.findings } };
}

function readParts({ method, url, query, headers = {}, body = '' }: RequestParts): RequestReading {
  if (body.length + (url ?? '').length + (query ?? '').length > mostCharacters)
    return { ok: false, problem: 'too-large' };
  const bytes = Buffer.from(body); // of a byte array this is a copy
  const address = url === undefined ? undefined : splitAddress(url);
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.trim().toLowerCase();
    if (!found.has(lower)) found.set(lower, value.trim());
  }
  const request: ReadRequest = {
    method: (method ?? (bytes.length === 0 ? 'GET' : 'POST')).toUpperCase(),
    path: address?.path,
    query: query === undefined ? (address?.query ?? '') : query.replace(/^\?/, ''),
    headers: found,
    body: bytes,
    findings: [],
  };
  return { ok: true, request };
}

/** Path and query as they stand. The platform's own parser would rewrite what it takes for wrong. */
function splitAddress(url: string): { readonly path: string; readonly query: string } {
  const hash = url.indexOf('#');
  const sent = (hash === -1 ? url : url.slice(0, hash)).trim();
  const question = sent.indexOf('?');
  const place = question === -1 ? sent : sent.slice(0, question);
  return {
    path: place.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, ''),
    query: question === -1 ? '' : sent.slice(question + 1),
  };
}
