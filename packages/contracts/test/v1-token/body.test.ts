import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authTokenRefusals, signAuthTokenBody, verifyAuthTokenBody } from '../../src/index.ts';
import { anyObject, drawFrom, someNumbers, withoutRepetitions, write } from '../json/document.ts';
import { anyUnits } from '../token/requests.ts';
import { key, keys, kitNow, timeStamp } from './requests.ts';

/** Any JSON object that ends with the time. */
const anyBody = fc.tuple(anyObject, someNumbers).map(([object, numbers]) => {
  const members = withoutRepetitions(object).members.filter(([name]) => name !== 'timeStamp');
  const time = ['timeStamp', { kind: 'string', value: timeStamp }] as const;
  const document = { kind: 'object', members: [...members, time] } as const;
  return { text: write(document, drawFrom(numbers)), again: write(document, () => 11) };
});

test('what is signed verifies, however it is written on the wire', () => {
  fc.assert(
    fc.property(anyBody, anyUnits(20), ({ text, again }, secret) => {
      const ring = [{ id: 'v1', secret }];
      const authToken = signAuthTokenBody(secret, text);
      expect(signAuthTokenBody(secret, again)).toBe(authToken);
      const verification = verifyAuthTokenBody({ authToken, body: Buffer.from(text), keys: ring, now: kitNow });
      expect(verification).toEqual({ ok: true, keyId: 'v1', reading: 'members', nonce: authToken, timestamp: kitNow });
      expect(verifyAuthTokenBody({ authToken, body: Buffer.from(''), text, keys: ring, now: kitNow })).toEqual(
        verification,
      );
    }),
    { numRuns: 500 },
  );
});

test('a changed value, another key and another token are noticed', () => {
  const body = (value: string) => `{"instanceId":"${value}","timeStamp":"${timeStamp}"}`;
  const authToken = signAuthTokenBody(key, body('i-1'));
  const wrong = { ok: false, refusal: 'auth-token-wrong' };
  const verify = (text: string, token = authToken, ring = keys) =>
    verifyAuthTokenBody({ authToken: token, body: Buffer.from(text), keys: ring, now: kitNow });
  expect(verify(body('i-1')).ok).toBe(true);
  expect(verify(body('i-2'))).toEqual(wrong);
  expect(verify(body('i-1'), signAuthTokenBody(key, body('i-2')))).toEqual(wrong);
  expect(verify(body('i-1'), authToken, [{ id: 'v1', secret: 'other' }])).toEqual(wrong);
  expect(verify(body('i-1'), authToken, [])).toEqual(wrong);
});

test('a single flipped bit of the time or of a value is noticed', () => {
  const text = `{"instanceId":"instance","timeStamp":"${timeStamp}"}`;
  const authToken = signAuthTokenBody(key, text);
  const bytes = Buffer.from(text);
  const inside = [...text.matchAll(/instance(?=")|\d/g)].flatMap(({ index, 0: found }) =>
    Array.from(found, (_, at) => index + at),
  );
  fc.assert(
    fc.property(fc.constantFrom(...inside), fc.nat(7), (at, bit) => {
      const flipped = Buffer.from(bytes);
      flipped[at] = (bytes[at] ?? 0) ^ (1 << bit);
      expect(verifyAuthTokenBody({ authToken, body: flipped, keys, now: kitNow, windowMs: 1e15 }).ok).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('any header with any bytes has one of the closed results, and the key is nowhere in it', () => {
  const anyHeader = fc.option(
    fc.oneof(anyUnits(50), fc.constantFrom('""', `"${'A'.repeat(43)}="`, `${'A'.repeat(43)}=`)),
    {
      nil: undefined,
    },
  );
  const bytes = fc.oneof(
    fc.uint8Array(),
    fc.json().map((text) => Buffer.from(text)),
    anyBody.map(({ text }) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(anyHeader, bytes, (authToken, body) => {
      const verification = verifyAuthTokenBody({ authToken, body, keys, now: kitNow });
      expect(verification.ok || authTokenRefusals.includes(verification.refusal)).toBe(true);
      expect(JSON.stringify(verification)).not.toContain(key);
    }),
    { numRuns: 1000 },
  );
});

test.each(['', '[]', 'null', '{"a":01}', '{"a":1,}', '{'])('what is no JSON object cannot be signed: %s', (body) => {
  expect(() => signAuthTokenBody(key, body)).toThrow(TypeError);
});
