import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readToken, verifyToken } from '../../src/index.ts';
import { anyNonce, anyUnits, signedRequest } from './requests.ts';

const queryWith = (nonce: string) => `signature=${'0'.repeat(64)}&timestamp=1750000000123&nonce=${nonce}`;

test('a nonce of visible ASCII characters reaches the caller unchanged', () => {
  fc.assert(
    fc.property(anyNonce, (nonce) => {
      expect(verifyToken(signedRequest({ nonce }))).toMatchObject({ ok: true, nonce });
    }),
  );
});

test.each([
  ['one character', 'x', true],
  ['128 characters', 'x'.repeat(128), true],
  ['129 characters', 'x'.repeat(129), false],
  ['the first visible character', '!', true],
  ['the last visible character', '~', true],
  ['a blank', 'a b', false],
  ['a control character', 'a\u001fb', false],
  ['DEL', 'a\u007fb', false],
  ['a letter outside ASCII', 'é', false],
  ['a line feed at the end', 'a\n', false],
])('%s', (_, nonce, allowed) => {
  expect(readToken(queryWith(encodeURIComponent(nonce))).ok).toBe(allowed);
});

test('no other text is a nonce', () => {
  fc.assert(
    fc.property(anyUnits(140), (text) => {
      const nonce = text.toWellFormed();
      const visible = [...nonce].every((character) => character >= '!' && character <= '~');
      const reading = readToken(queryWith(encodeURIComponent(nonce)));
      expect(reading.ok).toBe(visible && nonce.length >= 1 && nonce.length <= 128);
    }),
  );
});

test.each(['%', '%4', '%zz', '%ff', '%ed%a0%80', 'a%'])('an escape that stands for no text is refused: %s', (nonce) => {
  expect(readToken(queryWith(nonce))).toEqual({ ok: false, refusal: 'nonce-malformed' });
});
