import { akskAlgorithm } from '../aksk/sign.ts';
import { unexplained } from './answers.ts';
import { explainAuthToken } from './explain-auth-token.ts';
import { explainToken } from './explain-token.ts';
import type { ExplainedScheme, Explanation } from './explanation.ts';
import { rawPairs, tokenInHeaders, tokenInQuery } from './find-token.ts';
import { type FindingId, finding } from './findings.ts';
import { type ClassedKey, type KeysToTry, listKeys } from './keys.ts';
import { type ReadRequest, type RequestParts, readRequest, requestProblemSentence } from './request.ts';

export interface ExplainOptions {
  readonly keys: KeysToTry;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Says which scheme a request is signed with, which key and which reading verify, or which known mistakes make it verify.
 * `request` is a curl command line as people paste it, or the parts of a request. Never throws, and computes at most
 * 60,000 signatures over 256 MiB.
 *
 * For those who hold the keys: no key and no text of the request is in the result, but it tells how near a forged
 * signature came, so it is no answer for whoever sent the request.
 */
export function explain(request: string | RequestParts, { keys, now }: ExplainOptions): Explanation {
  const reading = readRequest(request);
  if (!reading.ok) return unreadable(reading.problem);
  const list = listKeys(keys);
  const explanation = explainRead(reading.request, list, now);
  if (explanation.outcome === 'unreadable' || !holdsKey(reading.request, list)) return explanation;
  return { ...explanation, findings: [...explanation.findings, finding('secret-in-request')] };
}

function explainRead(request: ReadRequest, keys: readonly ClassedKey[], now: number): Explanation {
  const { headers } = request;
  if (headers.get('authorization')?.startsWith(akskAlgorithm)) return onlyRecognised('aksk', request, now);
  if (headers.has('ts') && headers.has('signature')) return onlyRecognised('usage-push', request, now);
  const authToken = authTokenPlace(request);
  if (authToken !== undefined) return explainAuthToken(request, authToken, keys, now);
  const inQuery = tokenInQuery(request.query);
  const inHeaders = tokenInHeaders(headers);
  // Where both places hold something, the one with a signature is the token.
  const token = inHeaders !== undefined && (inHeaders.signature !== '' || inQuery === undefined) ? inHeaders : inQuery;
  return token === undefined ? unreadable('no-token') : explainToken(request, token, keys, now);
}

function authTokenPlace({ headers, query }: ReadRequest): 'query' | 'header' | undefined {
  if (headers.has('authtoken')) return 'header';
  for (const { name } of rawPairs(query)) if (name.toLowerCase() === 'authtoken') return 'query';
  return undefined;
}

const unreadable = (problem: Parameters<typeof requestProblemSentence>[0]): Explanation => ({
  outcome: 'unreadable',
  problem,
  sentence: requestProblemSentence(problem),
});

function onlyRecognised(scheme: ExplainedScheme, request: ReadRequest, now: number): Explanation {
  const findings = new Set<FindingId>([...request.findings, 'scheme-not-checked']);
  return unexplained({ scheme, timestamp: undefined, now, findings });
}

/** A shorter secret occurs by chance. */
const shortestSecret = 8;

function holdsKey({ path = '', query, headers, body }: ReadRequest, keys: readonly ClassedKey[]): boolean {
  const texts = [path, query, ...headers.values()];
  return keys.some(
    ({ secret }) =>
      secret.length >= shortestSecret &&
      (texts.some((text) => text.includes(secret)) || asBuffer(body).includes(secret)),
  );
}

/** The same bytes, with what Node can do with them. */
const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
