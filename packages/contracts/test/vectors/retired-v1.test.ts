import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { vectors } from './vectors.ts';

// Nothing of this package computes these; the test proves that the published numbers are right.

test.each(vectors.authToken)('$id: $comment', ({ key, parameters, expected }) => {
  const message = Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${parameters[name]}`)
    .join('&');
  const token = createHmac('sha256', `${key}${parameters['timeStamp']}`).update(message).digest('base64');
  expect(token).toBe(expected.authToken);
});

test.each(vectors.bodySign)('$id: $comment', ({ key, body, expected }) => {
  expect(createHmac('sha256', key).update(body).digest('base64')).toBe(expected.signature);
});

test.each(vectors.accountCipher)('$id: $comment', ({ accessKey, bits, iv, plaintext, expected }) => {
  const key = sha1prng(Buffer.from(accessKey), bits / 8);
  const cipher = createCipheriv(`aes-${bits}-cbc`, key, Buffer.from(iv));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  expect(key.toString('hex')).toBe(expected.aesKeyHex);
  expect(iv + ciphertext.toString('base64')).toBe(expected.ciphertext);
});

/** Java's SHA1PRNG of the SUN provider: the state advances by the output plus one, added as signed bytes. */
function sha1prng(seed: Buffer, length: number): Buffer {
  const state = createHash('sha1').update(seed).digest();
  const blocks: Buffer[] = [];
  for (let drawn = 0; drawn < length; drawn += 20) {
    const block = createHash('sha1').update(state).digest();
    blocks.push(block);
    let carry = 1;
    for (let at = 0; at < state.length; at += 1) {
      const sum = state.readInt8(at) + block.readInt8(at) + carry;
      state.writeUInt8(sum & 0xff, at);
      carry = sum >> 8;
    }
  }
  return Buffer.concat(blocks).subarray(0, length);
}
