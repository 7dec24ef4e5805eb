import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmacSha256Hex } from '../../src/token/hmac-sha256.ts';
import { anyUnits } from './requests.ts';

const theirs = (key: string, message: string | Uint8Array) => createHmac('sha256', key).update(message).digest('hex');

test.each([0, 1, 55, 63, 64, 65, 127, 128, 1000])('a key of %i bytes', (length) => {
  const key = 'k'.repeat(length);
  expect(hmacSha256Hex(key, 'message')).toBe(theirs(key, 'message'));
});

test.each(['é'.repeat(32), 'é'.repeat(33), '密钥'.repeat(11), '\ud83d'.repeat(22)])(
  'the key counts in bytes: %s',
  (key) => {
    expect(hmacSha256Hex(key, 'message')).toBe(theirs(key, 'message'));
  },
);

test('any key and message have the digest that createHmac gives', () => {
  const message = fc.oneof(anyUnits(200), fc.uint8Array({ maxLength: 300 }));
  fc.assert(
    fc.property(anyUnits(100), message, (key, each) => {
      expect(hmacSha256Hex(key, each)).toBe(theirs(key, each));
    }),
    { numRuns: 1000 },
  );
});

test('a message of a mebibyte', () => {
  const message = Buffer.alloc(1024 * 1024, 'body');
  expect(hmacSha256Hex('key', message)).toBe(theirs('key', message));
});
