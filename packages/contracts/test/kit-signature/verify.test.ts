import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signToken, sortMembers, verifyKit } from '../../src/index.ts';
import { accessKey, anyNonce, anyText, nonce, now } from '../token/requests.ts';
import { body, signedCall } from './requests.ts';

test('what is signed verifies, whatever the bytes, the key and the nonce', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      anyText(1),
      anyNonce,
      fc.integer({ min: now - 60_000, max: now + 60_000 }),
      (bytes, key, text, timestamp) => {
        const call = signedCall({ body: bytes, accessKey: key, nonce: text, timestamp });
        expect(verifyKit(call)).toEqual({ ok: true, keyId: 'kit', reading: 'raw', nonce: text, timestamp });
      },
    ),
  );
});

test('a single flipped bit of the body is noticed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (bytes, bit) => {
      const at = Math.floor(bit / 8) % bytes.length;
      const flipped = bytes.with(at, (bytes[at] ?? 0) ^ (1 << (bit % 8)));
      expect(verifyKit({ ...signedCall({ body: bytes }), body: flipped }).ok).toBe(false);
    }),
  );
});

test('a single changed character of a header is noticed, but for the case of a hex digit', () => {
  const call = signedCall();
  fc.assert(
    fc.property(fc.constantFrom('sign', 'timestamp', 'nonce'), fc.nat(), fc.nat(0x7f), (header, position, code) => {
      const value = call.headers[header] ?? '';
      const at = position % value.length;
      const changed = value.slice(0, at) + String.fromCharCode(code) + value.slice(at + 1);
      const same = header === 'sign' ? changed.toUpperCase() === value : changed === value;
      expect(verifyKit({ ...call, headers: { ...call.headers, [header]: changed } }).ok).toBe(same);
    }),
    { numRuns: 1000 },
  );
});

test('the sorted reading is accepted, and can be pinned', () => {
  const sent = '{ "tenantId": "t", "name": null, "flag": 1 }';
  const call = { ...signedCall({ body: sortMembers(sent) ?? '' }), body: Buffer.from(sent) };
  expect(verifyKit(call)).toMatchObject({ ok: true, reading: 'sorted' });
  expect(verifyKit({ ...call, text: sent })).toMatchObject({ ok: true, reading: 'sorted' });
  expect(verifyKit({ ...call, readings: ['raw'] })).toEqual({ ok: false, refusal: 'signature-wrong' });
});

test('a token of the base interfaces is none of the Kit', () => {
  const { signature } = signToken({ accessKey, body, nonce, timestamp: now });
  const call = signedCall();
  expect(verifyKit({ ...call, headers: { ...call.headers, sign: signature } }).ok).toBe(false);
});

test('every key of a ring is tried', () => {
  const ring = Array.from({ length: 5 }, (_, at) => ({ id: `key-${at}`, secret: `secret-${at}` }));
  for (const { id, secret } of ring) {
    expect(verifyKit({ ...signedCall({ accessKey: secret }), keys: ring })).toMatchObject({ ok: true, keyId: id });
  }
  expect(verifyKit({ ...signedCall(), keys: ring })).toEqual({ ok: false, refusal: 'signature-wrong' });
});
