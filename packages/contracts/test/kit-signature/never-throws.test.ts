import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokenRefusals, verifyKit } from '../../src/index.ts';
import { anyNonce, anyUnits, now } from '../token/requests.ts';
import { signedCall } from './requests.ts';

const anyHeader = fc.oneof(
  fc.constant(undefined),
  anyUnits(70),
  fc.string(),
  fc.constantFrom(String(now), 'a'.repeat(64), 'A'.repeat(64), `${now}, ${now}`),
  anyNonce,
);
const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.json().map((text) => Buffer.from(text)),
);

test('any headers with any bytes have one of the closed results', () => {
  fc.assert(
    fc.property(
      anyHeader,
      anyHeader,
      anyHeader,
      anyBody,
      fc.array(anyUnits(10)),
      (sign, timestamp, nonce, body, keys) => {
        const ring = keys.map((secret, at) => ({ id: `${at}`, secret }));
        const verification = verifyKit({ headers: { sign, timestamp, nonce }, body, keys: ring, now });
        expect(verification.ok || tokenRefusals.includes(verification.refusal)).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

test('any signed bytes verify or name a repeated member, and the key is nowhere in the result', () => {
  fc.assert(
    fc.property(anyBody, fc.stringMatching(/^key:[a-z]{20}$/), (body, accessKey) => {
      const verification = verifyKit(signedCall({ body, accessKey }));
      expect(verification.ok || verification.refusal === 'member-repeated').toBe(true);
      expect(JSON.stringify(verification)).not.toContain(accessKey);
    }),
  );
});
