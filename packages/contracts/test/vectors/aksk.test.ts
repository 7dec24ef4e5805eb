import { describe, expect, test } from 'vitest';
import { akskSignature, canonicalRequest, sha256Hex, signAksk, verifyAksk } from '../../src/index.ts';
import { vectors } from './vectors.ts';

describe.each(vectors.aksk)('$id: $comment', ({ ak, sk, request, signedHeaders, expected }) => {
  test('canonical request', () => {
    const canonical = canonicalRequest(request, signedHeaders);
    expect(canonical).toBe(expected.canonicalRequest);
    expect(sha256Hex(canonical)).toBe(expected.canonicalRequestSha256);
  });

  test('signature', () => {
    expect(akskSignature(request, signedHeaders, sk)).toBe(expected.signature);
    expect(signAksk(request, { ak, sk }, 0)).toEqual({ ...request.headers, Authorization: expected.authorization });
  });

  test('verifies', () => {
    const headers = { ...request.headers, authorization: expected.authorization };
    const date = expected.canonicalRequest.match(/x-sdk-date:(.{4})(..)(..)T(..)(..)(..)Z/)?.slice(1) ?? [];
    const [year, month, day, hour, minute, second] = date;
    const now = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    expect(verifyAksk({ ...request, headers }, { ak, sk }, now)).toEqual({ ok: true });
  });
});
