import { expect, test } from 'vitest';
import { bodySign, verifyBodySign } from '../../src/index.ts';
import { bytesOf, vectors } from './vectors.ts';

test.each(vectors.bodySign)('$id: $comment', ({ key, body, expected }) => {
  const value = `sign_type="HMAC-SHA256", signature= "${expected.signature}"`;
  expect(bodySign(key, body)).toBe(value);
  expect(bodySign(key, Buffer.from(body))).toBe(value);
  expect(verifyBodySign(value, body, [{ id: 'v1', secret: key }])).toEqual({ ok: true, keyId: 'v1' });
});

test.each(vectors.bodySignHeader)('$id: $comment', (vector) => {
  const { header, keys, expected } = vector;
  expect(verifyBodySign(header ?? undefined, bytesOf(vector), keys)).toEqual(
    expected.outcome === 'verifies' ? { ok: true, keyId: expected.keyId } : { ok: false, refusal: expected.reason },
  );
});
