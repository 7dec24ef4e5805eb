import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signatureBytes, signToken, tokenQuery, verifyToken } from '../../src/index.ts';
import { accessKey, anyNonce, anyText, anyUnits, body, nonce, now, signedRequest } from './requests.ts';

test('the signature is the formula, digested piece by piece', () => {
  fc.assert(
    fc.property(anyText(1), anyNonce, fc.uint8Array(), (key, text, payload) => {
      const inner = createHmac('sha256', Buffer.from(key)).update(payload).digest('hex');
      const outer = createHmac('sha256', Buffer.from(key));
      for (const part of [key, text, String(now), inner]) outer.update(Buffer.from(part));
      expect(Buffer.from(signatureBytes(key, text, String(now), payload))).toEqual(outer.digest());
    }),
  );
});

test('signs in upper-case hex', () => {
  expect(signToken({ accessKey, body, nonce, timestamp: now }).signature).toMatch(/^[0-9A-F]{64}$/);
});

test('what is signed verifies, whatever the bytes, the key and the nonce', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      anyText(1),
      anyNonce,
      fc.integer({ min: now - 60_000, max: now + 60_000 }),
      (bytes, key, text, timestamp) => {
        const verification = verifyToken(signedRequest({ body: bytes, accessKey: key, nonce: text, timestamp }));
        expect(verification).toEqual({ ok: true, keyId: 'current', reading: 'raw', nonce: text, timestamp });
      },
    ),
  );
});

test('a body given as text is signed as the UTF-8 that is sent', () => {
  fc.assert(
    fc.property(anyUnits(50), (text) => {
      expect(verifyToken(signedRequest({ body: text }))).toMatchObject({ ok: true, reading: 'raw' });
    }),
  );
});

test('either case of hex verifies, and any mixture', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 64, maxLength: 64 }), (upper) => {
      const request = signedRequest();
      const token = signToken({ accessKey, body, nonce, timestamp: now });
      const signature = [...token.signature].map((digit, at) => (upper[at] ? digit : digit.toLowerCase())).join('');
      expect(verifyToken({ ...request, query: tokenQuery({ ...token, signature }) }).ok).toBe(true);
    }),
  );
});

test.each(['body', 'nonce', 'timestamp', 'key', 'signature'])('a change of the %s is noticed', (piece) => {
  const request = signedRequest();
  const token = signToken({ accessKey, body, nonce, timestamp: now });
  const changed = {
    body: { ...request, body: Buffer.from(body.replace('PL000001', 'PL000002')) },
    nonce: { ...request, query: tokenQuery({ ...token, nonce: `${nonce}x` }) },
    timestamp: { ...request, query: tokenQuery({ ...token, timestamp: String(now + 1) }) },
    key: { ...request, keys: [{ id: 'current', secret: `${accessKey}x` }] },
    signature: { ...request, query: tokenQuery({ ...token, signature: token.signature.replace(/.$/, flip) }) },
  }[piece];
  expect(changed && verifyToken(changed)).toEqual({ ok: false, refusal: 'signature-wrong' });
});

const flip = (digit: string) => (digit === '0' ? '1' : '0');

test('any single flipped bit of the body is noticed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (bytes, bit) => {
      const request = signedRequest({ body: bytes });
      const at = Math.floor(bit / 8) % bytes.length;
      const flipped = bytes.with(at, (bytes[at] ?? 0) ^ (1 << (bit % 8)));
      expect(verifyToken({ ...request, body: flipped, readings: ['raw'] }).ok).toBe(false);
    }),
  );
});
