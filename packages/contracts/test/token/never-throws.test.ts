import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readings, signToken, type TokenToVerify, tokenQuery, tokenRefusals, verifyToken } from '../../src/index.ts';
import { anyObject, drawFrom, someNumbers, write } from '../json/document.ts';
import { accessKey, anyQuery, anyText, anyUnits, nonce, now, signedRequest } from './requests.ts';

const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 500 }),
  anyUnits(200).map((text) => Buffer.from(text)),
  fc.json().map((text) => Buffer.from(text)),
  fc.tuple(anyObject, someNumbers).map(([object, numbers]) => Buffer.from(write(object, drawFrom(numbers)))),
);

function expectClosedResult(request: TokenToVerify): void {
  const verification = verifyToken(request);
  if (verification.ok) {
    expect(request.keys.map((key) => key.id)).toContain(verification.keyId);
    expect(readings).toContain(verification.reading);
    expect(Math.abs(request.now - verification.timestamp)).toBeLessThanOrEqual(60_000);
  } else {
    expect(tokenRefusals).toContain(verification.refusal);
    expect(verification.refusal).not.toBe('nonce-replayed');
    expect('member' in verification).toBe(verification.refusal === 'member-repeated');
  }
}

test('any query with any bytes has one of the closed results', () => {
  const secret = fc.oneof(anyText(), anyUnits(10));
  fc.assert(
    fc.property(anyQuery, anyBody, fc.array(secret, { maxLength: 3 }), (query, body, secrets) => {
      expectClosedResult({ query, body, now, keys: secrets.map((each, at) => ({ id: `${at}`, secret: each })) });
    }),
    { numRuns: 2000 },
  );
});

test('so has any body with a right signature', () => {
  fc.assert(
    fc.property(anyBody, (body) => {
      expectClosedResult({
        ...signedRequest(),
        body,
        query: tokenQuery(signToken({ accessKey, body, nonce, timestamp: now })),
      });
    }),
    { numRuns: 1000 },
  );
});

test('so has any clock', () => {
  fc.assert(
    fc.property(fc.double(), (clock) => {
      const { ok } = verifyToken({ ...signedRequest(), now: clock });
      expect(ok).toBe(Math.abs(clock - now) <= 60_000);
    }),
  );
});

const long = 100_000;
test.each([
  ['ampersands', '&'.repeat(long)],
  ['equals signs', '='.repeat(long)],
  ['percent signs', '%'.repeat(long)],
  ['percent escapes', '%41'.repeat(long)],
  ['lone surrogates', '\ud83d'.repeat(long)],
  ['one long signature', `signature=${'a'.repeat(long)}&timestamp=${now}&nonce=n`],
  ['one long nonce', `signature=${'a'.repeat(64)}&timestamp=${now}&nonce=${'n'.repeat(long)}`],
  ['one long timestamp', `signature=${'a'.repeat(64)}&timestamp=${'1'.repeat(long)}&nonce=n`],
  ['one parameter over and over', 'nonce=n&'.repeat(long)],
  ['other parameters over and over', `${'x=1&'.repeat(long)}`],
])('a query of %s is refused', (_, query) => {
  expect(verifyToken({ ...signedRequest(), query }).ok).toBe(false);
});
