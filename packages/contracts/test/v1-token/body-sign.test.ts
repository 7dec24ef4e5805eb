import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodySign, bodySignHeader, bodySignRefusals, verifyBodySign } from '../../src/index.ts';
import { anyUnits } from '../token/requests.ts';
import { key, keys } from './requests.ts';

test('the name of the header keeps its case', () => expect(bodySignHeader).toBe('Body-Sign'));

test('what is signed verifies, as bytes and as text', () => {
  fc.assert(
    fc.property(anyUnits(100), anyUnits(20), (body, secret) => {
      const ring = [
        { id: 'other', secret: `${secret}x` },
        { id: 'v1', secret },
      ];
      const value = bodySign(secret, body);
      expect(verifyBodySign(value, body, ring)).toEqual({ ok: true, keyId: 'v1' });
      expect(verifyBodySign(value, Buffer.from(body), ring)).toEqual({ ok: true, keyId: 'v1' });
    }),
  );
});

test('a single flipped bit of the body is noticed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (bytes, bit) => {
      const at = Math.floor(bit / 8) % bytes.length;
      const flipped = bytes.with(at, (bytes[at] ?? 0) ^ (1 << (bit % 8)));
      expect(verifyBodySign(bodySign(key, bytes), flipped, keys)).toEqual({ ok: false, refusal: 'body-sign-wrong' });
    }),
  );
});

test('a single changed character of the header is noticed', () => {
  const value = bodySign(key, 'body');
  fc.assert(
    fc.property(fc.nat(), fc.nat(0xff), (position, code) => {
      const at = position % value.length;
      const changed = value.slice(0, at) + String.fromCharCode(code) + value.slice(at + 1);
      expect(verifyBodySign(changed, 'body', keys).ok).toBe(changed === value);
    }),
    { numRuns: 1000 },
  );
});

test('any header has one of the closed results, and the key is nowhere in it', () => {
  fc.assert(
    fc.property(fc.option(anyUnits(100), { nil: undefined }), fc.uint8Array(), (value, body) => {
      const verification = verifyBodySign(value, body, keys);
      expect(verification.ok || bodySignRefusals.includes(verification.refusal)).toBe(true);
    }),
  );
});
