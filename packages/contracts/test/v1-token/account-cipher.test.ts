import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountKeyBits, accountRefusals, decryptAccount, encryptAccount } from '../../src/index.ts';
import { advance, sha1prng } from '../../src/v1/sha1prng.ts';
import { anyText, anyUnits } from '../token/requests.ts';

const anyBits = fc.constantFrom(128, 256);
const iv = 'A1b2C3d4E5f6G7h8';

test('the key length of each encryptType', () => expect(accountKeyBits).toEqual({ '1': 256, '2': 128 }));

test('what is encrypted decrypts, with an IV of letters and digits in front', () => {
  fc.assert(
    fc.property(anyText(), anyUnits(20), anyBits, (plaintext, accessKey, bits) => {
      const text = encryptAccount(plaintext, accessKey, { bits });
      expect(text).toMatch(/^[A-Za-z0-9]{16}[A-Za-z0-9+/]+={0,2}$/);
      expect(decryptAccount(text, accessKey, bits)).toEqual({ ok: true, plaintext });
    }),
  );
});

test('the IV is drawn anew each time', () => {
  const texts = Array.from({ length: 100 }, () => encryptAccount('x', 'key', { bits: 128 }));
  expect(new Set(texts.map((text) => text.slice(0, 16))).size).toBe(100);
});

test.each(['', iv.slice(1), `${iv}x`, '-1b2C3d4E5f6G7h8', 'é1b2C3d4E5f6G7h8', `${iv}\n`])('no IV: %j', (text) => {
  expect(() => encryptAccount('x', 'key', { bits: 128, iv: text })).toThrow(RangeError);
});

test('79 bytes are the most that fit into the 128 characters of an account', () => {
  expect(encryptAccount('x'.repeat(79), 'key', { bits: 256, iv })).toHaveLength(124);
  expect(encryptAccount('x'.repeat(80), 'key', { bits: 256, iv }).length).toBeGreaterThan(128);
});

test('a single changed character never gives the same text', () => {
  const plaintext = 'user@example.com';
  const text = encryptAccount(plaintext, 'key', { bits: 256, iv });
  fc.assert(
    fc.property(fc.nat(), fc.nat(0x7f), (position, code) => {
      const at = position % text.length;
      const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
      fc.pre(changed !== text);
      expect(decryptAccount(changed, 'key', 256)).not.toEqual({ ok: true, plaintext });
    }),
    { numRuns: 1000 },
  );
});

test('any text has one of the closed results, and the key is nowhere in it', () => {
  const blocks = fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bytes) => iv + Buffer.from(bytes).toString('base64'));
  fc.assert(
    fc.property(fc.oneof(anyUnits(60), fc.base64String(), blocks), anyBits, (text, bits) => {
      const decryption = decryptAccount(text, 'a-key-that-is-nowhere', bits);
      expect(decryption.ok || accountRefusals.includes(decryption.refusal)).toBe(true);
      expect(JSON.stringify(decryption)).not.toContain('a-key-that-is-nowhere');
    }),
    { numRuns: 1000 },
  );
});

test('the generator draws one stream, however much of it is asked for', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(100), fc.nat(100), (seed, a, b) => {
      const [short, long] = [Math.min(a, b), Math.max(a, b)];
      expect(sha1prng(seed, long)).toHaveLength(long);
      expect(sha1prng(seed, long).subarray(0, short)).toEqual(sha1prng(seed, short));
    }),
  );
});

test.each([
  ['a first carry of one', [0, 0], [0, 0], [1, 0]],
  ['a sum that stays in its byte', [1, 1], [2, 2], [4, 3]],
  ['a sum of two positive bytes carries nothing', [127, 0], [127, 0], [255, 0]],
  ['a negative sum carries minus one', [128, 5], [0, 0], [129, 4]],
  ['two negative bytes carry minus one', [128, 0], [128, 0], [1, 255]],
  ['a state that stayed the same moves on by one', [5, 0], [255, 0], [6, 0]],
])('%s', (_, state, block, next) => {
  expect([...advance(Uint8Array.from(state), Uint8Array.from(block))]).toEqual(next);
});
