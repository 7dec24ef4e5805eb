import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signUsagePush, sortMembers, tokenRefusals, verifyUsagePush } from '../../src/index.ts';
import { anyNonce, anyUnits, now } from '../token/requests.ts';

const windowMs = 60_000;
const ring = (secret: string) => [{ id: 'base', secret }];
const shortNonce = anyNonce.map((nonce) => nonce.slice(0, 64));

test('what is signed verifies, whatever the body, the key and the nonce', () => {
  fc.assert(
    fc.property(anyUnits(100), anyUnits(20), shortNonce, (body, accessKey, nonce) => {
      const headers = signUsagePush({ accessKey, body, ts: now, nonce });
      expect(headers.signature).toMatch(/^[A-Za-z0-9+/]{43}=$/);
      const push = { headers, body: Buffer.from(body), keys: ring(accessKey), now, windowMs };
      expect(verifyUsagePush(push)).toEqual({ ok: true, keyId: 'base', reading: 'raw', nonce, timestamp: now });
    }),
  );
});

test('a single changed character of the body or a header is noticed', () => {
  const body = '{"usage_records":[]}';
  const headers = signUsagePush({ accessKey: 'key', body, ts: now, nonce: 'nonce-1' });
  const parts = { ...headers, body };
  fc.assert(
    fc.property(fc.constantFrom('signature', 'ts', 'nonce', 'body'), fc.nat(), fc.nat(0x7f), (part, position, code) => {
      const at = position % parts[part].length;
      const changed = parts[part].slice(0, at) + String.fromCharCode(code) + parts[part].slice(at + 1);
      const { body: sent, ...received } = { ...parts, [part]: changed };
      const push = { headers: received, body: Buffer.from(sent), keys: ring('key'), now, windowMs };
      expect(verifyUsagePush({ ...push, readings: ['raw'] }).ok).toBe(changed === parts[part]);
    }),
    { numRuns: 1000 },
  );
});

test('a body in another order verifies by its natural order', () => {
  const sent = '{"usage_records": [], "a": 1}';
  const headers = signUsagePush({ accessKey: 'key', body: sortMembers(sent) ?? '', ts: now, nonce: 'n' });
  const push = { headers, body: Buffer.from(sent), keys: ring('key'), now, windowMs };
  expect(verifyUsagePush(push)).toMatchObject({ ok: true, reading: 'sorted' });
  expect(verifyUsagePush({ ...push, readings: ['raw'] })).toEqual({ ok: false, refusal: 'signature-wrong' });
});

test.each([Number.NaN, -1])('a window of %d lets nothing pass', (width) => {
  const headers = signUsagePush({ accessKey: 'key', body: '{}', ts: now, nonce: 'n' });
  const push = { headers, body: Buffer.from('{}'), keys: ring('key'), now, windowMs: width };
  expect(verifyUsagePush(push).ok).toBe(false);
});

test('any headers with any bytes have one of the closed results', () => {
  const anyHeader = fc.option(fc.oneof(anyUnits(50), fc.constantFrom(String(now), `${'A'.repeat(43)}=`)), {
    nil: undefined,
  });
  fc.assert(
    fc.property(anyHeader, anyHeader, anyHeader, fc.uint8Array(), (signature, ts, nonce, body) => {
      const verification = verifyUsagePush({
        headers: { signature, ts, nonce },
        body,
        keys: ring('key'),
        now,
        windowMs,
      });
      expect(verification.ok || tokenRefusals.includes(verification.refusal)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
