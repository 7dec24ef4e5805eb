import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SealBroken, storageCipher } from '../../src/storage/cipher.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
/** Everything that UTF-8 can hold. */
const text = fc.string({ unit: 'binary', maxLength: 200 });
const context = fc.string({ maxLength: 40 });

const cipher = storageCipher(randomBytes(32));

describe('a sealed value', () => {
  test('opens to what was sealed, with the same key and context', () => {
    fc.assert(
      fc.property(key, text, context, (ofKey, plaintext, place) => {
        const sealed = storageCipher(ofKey).seal(plaintext, place);
        expect(storageCipher(ofKey).open(sealed, place)).toBe(plaintext);
      }),
    );
  });

  test('opens as a plain array of bytes too, which is how a database gives it back', () => {
    expect(cipher.open(new Uint8Array(cipher.seal('pässwörd 密码', 'c')), 'c')).toBe('pässwörd 密码');
  });

  test('does not open with any one bit of it flipped', () => {
    fc.assert(
      fc.property(text, context, fc.nat(), (plaintext, place, at) => {
        const sealed = cipher.seal(plaintext, place);
        const bit = at % (sealed.length * 8);
        sealed[bit >> 3] = (sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => cipher.open(sealed, place)).toThrow(SealBroken);
      }),
      { numRuns: 500 },
    );
    const whole = cipher.seal('x', 'c');
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const sealed = Uint8Array.from(whole, (byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(() => cipher.open(sealed, 'c')).toThrow(SealBroken);
    }
  });

  test('does not open cut off or with bytes behind it', () => {
    const whole = cipher.seal('a text', 'c');
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => cipher.open(whole.subarray(0, length), 'c')).toThrow(SealBroken);
    }
    expect(() => cipher.open(Buffer.concat([whole, Buffer.of(0)]), 'c')).toThrow(SealBroken);
  });

  test('does not open in another context', () => {
    fc.assert(
      fc.property(text, context, context, (plaintext, one, other) => {
        fc.pre(one !== other);
        expect(() => cipher.open(cipher.seal(plaintext, one), other)).toThrow(SealBroken);
      }),
    );
  });

  test('does not open with another key', () => {
    fc.assert(
      fc.property(key, fc.nat(255), text, (ofKey, bit, plaintext) => {
        const otherKey = Uint8Array.from(ofKey, (byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        const sealed = storageCipher(ofKey).seal(plaintext, 'c');
        expect(() => storageCipher(otherKey).open(sealed, 'c')).toThrow(SealBroken);
      }),
    );
  });

  test('is never the same twice, and never holds its text or context', () => {
    const [plaintext, place] = ['a secret of the buyer', 'instance ins-1 appInfo'];
    const sealed = Array.from({ length: 1_000 }, () => Buffer.from(cipher.seal(plaintext, place)));
    expect(new Set(sealed.map((bytes) => bytes.toString('hex'))).size).toBe(sealed.length);
    expect(new Set(sealed.map((bytes) => bytes.subarray(1, 13).toString('hex'))).size).toBe(sealed.length);
    for (const bytes of sealed) {
      expect(bytes[0]).toBe(1);
      expect(bytes.includes('secret')).toBe(false);
      expect(bytes.includes('ins-1')).toBe(false);
    }
  });

  test('says nothing of its content when it does not open', () => {
    const sealed = cipher.seal('hidden', 'table of secrets');
    sealed[20] = (sealed[20] ?? 0) ^ 1;
    const message = 'a sealed value cannot be opened: it was changed, moved, or sealed with another storage key';
    expect(() => cipher.open(sealed, 'table of secrets')).toThrow(new SealBroken());
    expect(new SealBroken().message).toBe(message);
    expect(new SealBroken().cause).toBeUndefined();
  });
});

describe('a look-up digest', () => {
  test('is the same for the same text, context and key, and 64 hex digits', () => {
    fc.assert(
      fc.property(key, text, context, (ofKey, plaintext, place) => {
        const digest = storageCipher(ofKey).lookup(plaintext, place);
        expect(digest).toMatch(/^[0-9a-f]{64}$/);
        expect(storageCipher(ofKey).lookup(plaintext, place)).toBe(digest);
      }),
    );
  });

  test('is another one for another text, context or key, however text and context divide', () => {
    fc.assert(
      fc.property(text, text, context, context, (a, b, one, other) => {
        fc.pre(a !== b || one !== other);
        expect(cipher.lookup(a, one)).not.toBe(cipher.lookup(b, other));
        expect(storageCipher(randomBytes(32)).lookup(a, one)).not.toBe(cipher.lookup(a, one));
      }),
    );
    expect(cipher.lookup('bc', 'a')).not.toBe(cipher.lookup('c', 'ab'));
  });
});

/** A database of today opens tomorrow. */
test('the form of version 1 stays readable', () => {
  const fixed = storageCipher(Uint8Array.from({ length: 32 }, (_, index) => index));
  const sealed = Buffer.from('AdQdxfj9pLH5R2drbiLSOI1oBNj5UEiGpNUH0MDczOaKS8FUlA==', 'base64');
  expect(fixed.open(sealed, 'vector')).toBe('密码 1');
  expect(fixed.lookup('user@example.com', 'vector')).toBe(
    '2158728e643fcfa5c045b6b8609271d9c0f7380c251911a1007b20ae7a7536af',
  );
});
