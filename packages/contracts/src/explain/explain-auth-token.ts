import { readStoreTime, storeTimeInUtc } from '../store-time.ts';
import { decodeUtf8 } from '../utf8.ts';
import { verifyAuthTokenBody } from '../v1/auth-token-body.ts';
import { verifyAuthTokenQuery } from '../v1/auth-token-query.ts';
import type { AuthTokenReading } from '../v1/auth-token-verification.ts';
import { type Circumstances, mistaken, unexplained, verifies } from './answers.ts';
import type { Explanation } from './explanation.ts';
import { decoded, rawPairs } from './find-token.ts';
import type { FindingId } from './findings.ts';
import type { ClassedKey } from './keys.ts';
import type { MistakeId } from './mistakes.ts';
import { memberVariants, type Parameters, queryVariants } from './parameter-variants.ts';
import { receivedSignature } from './received-signature.ts';
import type { ReadRequest } from './request.ts';
import { usedKeys } from './search.ts';
import { searchAuthToken } from './search-auth-token.ts';
import type { Variant } from './variants.ts';

/** The Kit's `timeStamp` is in the time of Beijing, that of the other interfaces in UTC (milliseconds). */
const beijing = 8 * 3_600_000;

/** Says what became of an authToken of V1, in the query of a GET or the header of a POST (R25). Never throws. */
export function explainAuthToken(
  request: ReadRequest,
  place: 'query' | 'header',
  keys: readonly ClassedKey[],
  now: number,
): Explanation {
  const text = decodeUtf8(request.body) ?? '';
  const authToken = place === 'header' ? (request.headers.get('authtoken') ?? '') : tokenOf(request.query);
  const inBody = request.body.length > 0;
  const parameters = inBody ? memberVariants(text) : queryVariants(request.query);
  const timeStamp = new Map(parameters[0]?.value.toReversed()).get('timeStamp') ?? '';
  const misplaced: readonly MistakeId[] = inBody === (place === 'header') ? [] : ['auth-token-misplaced'];
  const about: Circumstances = {
    scheme: place === 'header' ? 'auth-token-header' : 'auth-token-query',
    timestamp: instantOf(timeStamp, inBody ? beijing : 0),
    now,
    findings: new Set(request.findings),
  };
  for (const id of noticed(request, authToken, timeStamp, parameters)) about.findings.add(id);
  if (!keys.some((key) => key.class === 'v1')) about.findings.add('no-key');

  const verified = misplaced.length === 0 ? explainVerified(request, place, authToken, keys, about) : undefined;
  if (verified !== undefined) return verified;

  const received = receivedSignature(authToken, 'base64');
  if (received === undefined) {
    if (authToken !== '') about.findings.add('signature-unreadable');
    return unexplained(about);
  }
  const found = searchAuthToken(parameters, timeStamp, usedKeys(keys, ['v1']), received.hex);
  if (found.ok) {
    const malformed: readonly MistakeId[] = readStoreTime(timeStamp) === undefined ? ['time-stamp-malformed'] : [];
    const mistakes = [...misplaced, ...received.mistakes, ...malformed, ...found.mistakes];
    return mistakes.length > 0 ? mistaken(about, found.key, mistakes) : unexplained(about);
  }
  if (!found.complete) about.findings.add('search-ended');
  return unexplained(about, found.tried);
}

function explainVerified(
  request: ReadRequest,
  place: 'query' | 'header',
  authToken: string,
  keys: readonly ClassedKey[],
  about: Circumstances,
): Explanation | undefined {
  const ring = keys.flatMap(({ secret, class: name }, at) => (name === 'v1' ? [{ id: String(at), secret }] : []));
  const verifyAt = (now: number) =>
    place === 'query'
      ? verifyAuthTokenQuery({ query: request.query, keys: ring, now })
      : verifyAuthTokenBody({ authToken, body: request.body, keys: ring, now });
  const signed = signerOf(verifyAt(about.timestamp ?? Number.NaN));
  const key = signed && keys[Number(signed.keyId)];
  if (signed === undefined || key === undefined) return undefined;
  const actual = verifyAt(about.now);
  const finding = actual.ok ? undefined : refusals[actual.refusal];
  if (finding !== undefined) about.findings.add(finding);
  return verifies(about, key, signed.reading, actual.ok);
}

type AnyVerification = ReturnType<typeof verifyAuthTokenQuery> | ReturnType<typeof verifyAuthTokenBody>;

function signerOf(
  verification: AnyVerification,
): { readonly keyId: string; readonly reading: AuthTokenReading } | undefined {
  if (verification.ok) return verification;
  return 'token' in verification ? verification.token : undefined;
}

/** What a receiver may hold against a token that a key signed. */
const refusals: { readonly [Refusal in Extract<AnyVerification, { ok: false }>['refusal']]?: FindingId } = {
  'time-stamp-stale': 'timestamp-stale',
  'time-stamp-ahead': 'timestamp-ahead',
  'member-repeated': 'member-repeated',
};

function tokenOf(query: string): string {
  for (const { name, raw } of rawPairs(query)) if (name.toLowerCase() === 'authtoken') return decoded(raw);
  return '';
}

function instantOf(timeStamp: string, offset: number): number | undefined {
  const time = readStoreTime(timeStamp);
  return time === undefined ? undefined : storeTimeInUtc(time) - offset;
}

function noticed(
  request: ReadRequest,
  authToken: string,
  timeStamp: string,
  parameters: readonly Variant<Parameters>[],
): readonly FindingId[] {
  const findings: FindingId[] = [];
  if (authToken === '') findings.push('signature-missing');
  if (parameters[0]?.mistakes.length !== 0) findings.push('parameters-unreadable');
  else if (timeStamp === '') findings.push('timestamp-missing');
  const method = request.body.length > 0 ? 'POST' : 'GET';
  if (request.method !== method) findings.push('method-unexpected');
  return findings;
}
