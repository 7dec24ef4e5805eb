import { verifyKit } from '../kit/signature.ts';
import { keyClassOf } from '../production/activities.ts';
import { hexToken } from '../token/form.ts';
import { type KeyClass, keyClasses } from '../token/key-ring.ts';
import type { Verification, VerifiedToken } from '../token/verification.ts';
import { verifyToken } from '../token/verify.ts';
import { decodeUtf8 } from '../utf8.ts';
import { type Circumstances, mistaken, unexplained, verifies } from './answers.ts';
import type { Explanation } from './explanation.ts';
import type { FoundToken } from './find-token.ts';
import type { FindingId } from './findings.ts';
import type { FormulaKind } from './formulas.ts';
import type { ClassedKey } from './keys.ts';
import type { MistakeId } from './mistakes.ts';
import { payloadVariants } from './payloads.ts';
import { receivedSignature } from './received-signature.ts';
import type { ReadRequest } from './request.ts';
import { usedKeys } from './search.ts';
import { searchFormulas } from './search-formulas.ts';

/** Says what became of a token of 2.0, that of a base interface or of the Kit (R1–R7). Never throws. */
export function explainToken(
  request: ReadRequest,
  token: FoundToken,
  keys: readonly ClassedKey[],
  now: number,
): Explanation {
  const text = decodeUtf8(request.body);
  const kind = interfaceOf(request, token, text);
  const classes = classesOf(kind, text);
  const placed = misplaced(kind, token);
  const about: Circumstances = {
    scheme: token.place === 'query' ? 'security-token' : 'kit-signature',
    timestamp: millisecondsOf(token.timestamp),
    now,
    findings: new Set(request.findings),
  };
  for (const id of noticed(request, token, text)) about.findings.add(id);
  if (kind === 'base' && classes.length > 1) about.findings.add('activity-unknown');
  if (!keys.some((key) => classes.includes(key.class))) about.findings.add('no-key');

  const verified = placed.length === 0 ? explainVerified(kind, request, token, keys, classes, about) : undefined;
  if (verified !== undefined) return verified;

  const received = receivedSignature(token.signature, 'hex');
  if (received === undefined) {
    if (token.signature !== '') about.findings.add('signature-unreadable');
    return unexplained(about);
  }
  const payloads = payloadVariants(request.body, text);
  if (!payloads.exhaustive) about.findings.add('body-long');
  const found = searchFormulas(kind, token, payloads, usedKeys(keys, classes), received.hex);
  if (found.ok) {
    const mistakes = [...placed, ...received.mistakes, ...malformed(token), ...found.mistakes];
    if (mistakes.length > 0) return mistaken(about, found.key, mistakes);
    return unexplained(about);
  }
  if (!found.complete) about.findings.add('search-ended');
  return unexplained(about, found.tried);
}

/** The verification itself at the token's own time, and then now, to tell a wrong signature from a stale one. */
function explainVerified(
  kind: FormulaKind,
  request: ReadRequest,
  token: FoundToken,
  keys: readonly ClassedKey[],
  classes: readonly KeyClass[],
  about: Circumstances,
): Explanation | undefined {
  const ring = keys.flatMap(({ secret, class: name }, at) =>
    classes.includes(name) ? [{ id: String(at), secret }] : [],
  );
  const verifyAt = (now: number): Verification =>
    kind === 'base'
      ? verifyToken({ query: request.query, body: request.body, keys: ring, now })
      : verifyKit({
          headers: { sign: token.signature, timestamp: token.timestamp, nonce: token.nonce },
          body: request.body,
          keys: ring,
          now,
          equalRepeats: /\/singleOrgSync\/?$/.test(request.path ?? '') ? doubled : [],
        });
  const signed = signerOf(verifyAt(about.timestamp ?? Number.NaN));
  const key = signed && keys[Number(signed.keyId)];
  if (signed === undefined || key === undefined) return undefined;
  const actual = verifyAt(about.now);
  if (!actual.ok && isNoticed(actual.refusal)) about.findings.add(actual.refusal);
  return verifies(about, key, signed.reading, actual.ok);
}

/** The doubled `instanceId` of the documented example of `singleOrgSync` (R5). */
const doubled = ['instanceId'];

function signerOf(verification: Verification): VerifiedToken | undefined {
  if (verification.ok) return verification;
  return verification.refusal === 'member-repeated' ? verification.token : undefined;
}

const isNoticed = (refusal: string): refusal is 'timestamp-stale' | 'timestamp-ahead' | 'member-repeated' =>
  refusal === 'timestamp-stale' || refusal === 'timestamp-ahead' || refusal === 'member-repeated';

/** What the request should be: the path tells, else the activity, else the place of the token. */
function interfaceOf(request: ReadRequest, token: FoundToken, text: string | undefined): FormulaKind {
  if (/\/produceAPI\/v2\/[A-Za-z]+\/?$/i.test(request.path ?? '')) return 'kit';
  if (text !== undefined && keyClassOf(text) !== undefined) return 'base';
  return token.place === 'query' ? 'base' : 'kit';
}

/** For an unknown activity every ring is tried (R6). */
function classesOf(kind: FormulaKind, text: string | undefined): readonly KeyClass[] {
  if (kind === 'kit') return ['kit'];
  const known = text === undefined ? undefined : keyClassOf(text);
  return known === undefined ? keyClasses : [known];
}

function misplaced(kind: FormulaKind, token: FoundToken): readonly MistakeId[] {
  const place = kind === 'base' ? 'query' : 'headers';
  if (token.place === place) return token.mistakes;
  // In the wrong place its names are wrong as well, which is no news.
  const others = token.mistakes.filter((id) => id !== 'token-misnamed');
  return [kind === 'base' ? 'token-in-headers' : 'token-in-query', ...others];
}

function millisecondsOf(timestamp: string): number | undefined {
  if (/^\d{13}$/.test(timestamp)) return Number(timestamp);
  return /^\d{10}$/.test(timestamp) ? Number(timestamp) * 1_000 : undefined;
}

function malformed({ timestamp, nonce }: FoundToken): readonly MistakeId[] {
  const mistakes: MistakeId[] = [];
  if (/^\d{10}$/.test(timestamp)) mistakes.push('timestamp-in-seconds');
  else if (!/^\d{13}$/.test(timestamp)) mistakes.push('timestamp-malformed');
  if (!hexToken.nonce.test(nonce)) mistakes.push('nonce-malformed');
  return mistakes;
}

function noticed(request: ReadRequest, token: FoundToken, text: string | undefined): readonly FindingId[] {
  const findings: FindingId[] = [];
  if (token.signature === '') findings.push('signature-missing');
  if (token.timestamp === '') findings.push('timestamp-missing');
  if (token.nonce === '') findings.push('nonce-missing');
  if (request.method !== 'POST') findings.push('method-unexpected');
  if (text === undefined) findings.push('body-no-utf-8');
  else if (!startsAsObject.test(text)) findings.push('body-no-json');
  return findings;
}

const startsAsObject = /^[ \t\r\n]*\{/;
