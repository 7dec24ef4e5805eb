import { expect, test } from 'vitest';
import { decryptAccount, encryptAccount } from '../../src/index.ts';
import { sha1prng } from '../../src/v1/sha1prng.ts';
import { vectors } from './vectors.ts';

test.each(vectors.accountCipher)('$id: $comment', ({ accessKey, bits, iv, plaintext, expected }) => {
  expect(Buffer.from(sha1prng(Buffer.from(accessKey), bits / 8)).toString('hex')).toBe(expected.aesKeyHex);
  expect(encryptAccount(plaintext, accessKey, { bits, iv })).toBe(expected.ciphertext);
  expect(decryptAccount(expected.ciphertext, accessKey, bits)).toEqual({ ok: true, plaintext });
});

test.each(vectors.accountText)('$id: $comment', ({ accessKey, bits, text, expected }) => {
  expect(decryptAccount(text, accessKey, bits)).toEqual(
    expected.outcome === 'decrypts'
      ? { ok: true, plaintext: expected.plaintext }
      : { ok: false, refusal: expected.reason },
  );
});
