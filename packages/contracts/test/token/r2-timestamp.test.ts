import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readToken, tokenWindow, verifyToken } from '../../src/index.ts';
import { anyText, now, signedRequest } from './requests.ts';

test('the window is 60 seconds', () => expect(tokenWindow).toBe(60_000));

test.each([
  [-60_001, 'timestamp-stale'],
  [-60_000, undefined],
  [0, undefined],
  [60_000, undefined],
  [60_001, 'timestamp-ahead'],
])('%i ms from now: %s', (difference, refusal) => {
  const verification = verifyToken(signedRequest({ timestamp: now + difference }));
  expect(verification.ok ? undefined : verification.refusal).toBe(refusal);
});

test('inside the window a token verifies and outside it does not, on both sides', () => {
  fc.assert(
    fc.property(fc.integer({ min: -200_000, max: 200_000 }), (difference) => {
      const { ok } = verifyToken(signedRequest({ timestamp: now + difference }));
      expect(ok).toBe(Math.abs(difference) <= 60_000);
    }),
  );
});

test('a clock that is no number lets nothing pass', () => {
  expect(verifyToken({ ...signedRequest(), now: Number.NaN }).ok).toBe(false);
});

test('only 13 ASCII digits are a timestamp, and they are kept as received', () => {
  const near = fc.oneof(
    fc.stringMatching(/^[0-9]{10,17}$/),
    fc.stringMatching(/^[ +-]?[0-9]{11,13}[ .a-f\n]?$/),
    fc.string(),
    anyText(),
  );
  fc.assert(
    fc.property(near, (timestamp) => {
      const query = `signature=${'a'.repeat(64)}&nonce=n&timestamp=${encodeURIComponent(timestamp.toWellFormed())}`;
      const reading = readToken(query);
      expect(reading.ok).toBe(/^[0-9]{13}$/.test(timestamp) && timestamp.length === 13);
      if (reading.ok) expect(reading.token.timestamp).toBe(timestamp);
      else expect(reading.refusal).toBe(timestamp === '' ? 'timestamp-missing' : 'timestamp-malformed');
    }),
  );
});
