import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authTokenQuery, authTokenRefusals, signAuthToken, v1Window, verifyAuthTokenQuery } from '../../src/index.ts';
import { anyUnits } from '../token/requests.ts';
import { anyParameters, key, keys, now, timeStamp } from './requests.ts';

test('what is signed verifies and is read as it was meant, the first value of a repeated name', () => {
  fc.assert(
    fc.property(anyParameters, anyUnits(20), (parameters, secret) => {
      const ring = [
        { id: 'old', secret: `${secret}x` },
        { id: 'v1', secret },
      ];
      const verification = verifyAuthTokenQuery({ query: authTokenQuery(secret, parameters), keys: ring, now });
      const nonce = signAuthToken(secret, parameters);
      expect(verification).toMatchObject({ ok: true, keyId: 'v1', reading: 'percent', nonce, timestamp: now });
      const first = new Map(parameters.toReversed());
      const read = verification.ok ? verification.parameters : {};
      expect(Object.getPrototypeOf(read)).toBeNull();
      expect(new Map(Object.entries(read))).toEqual(first);
    }),
    { numRuns: 1000 },
  );
});

test('a form encoder is understood as well', () => {
  fc.assert(
    fc.property(anyParameters, (parameters) => {
      const form = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
      form.append('authToken', signAuthToken(key, parameters));
      const verification = verifyAuthTokenQuery({ query: form.toString(), keys, now });
      // Only what is signed decides: a plus in the second value of a repeated name is no matter.
      const signed = new URLSearchParams([...new Map(parameters.toReversed())]);
      const isPlain = !signed.toString().includes('+');
      expect(verification).toMatchObject({ ok: true, reading: isPlain ? 'percent' : 'form' });
      const read = verification.ok ? Object.entries(verification.parameters) : [];
      expect(new Map(read)).toEqual(new Map(parameters.toReversed()));
    }),
    { numRuns: 1000 },
  );
});

test('a single changed character is noticed, unless it stands for the same', () => {
  const query = authTokenQuery(key, [
    ['p1', 'x'],
    ['p2', 'y'],
    ['timeStamp', timeStamp],
  ]);
  const meaning = (text: string) => [...new URLSearchParams(text.replaceAll('+', '%2B'))].sort().join('\n');
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0x21, max: 0x7e }), (position, code) => {
      const at = position % query.length;
      const changed = query.slice(0, at) + String.fromCharCode(code) + query.slice(at + 1);
      expect(verifyAuthTokenQuery({ query: changed, keys, now }).ok).toBe(meaning(changed) === meaning(query));
    }),
    { numRuns: 2000 },
  );
});

test('inside the window a token verifies and outside it does not, on both sides', () => {
  const query = authTokenQuery(key, [['timeStamp', timeStamp]]);
  expect(v1Window).toBe(600_000);
  fc.assert(
    fc.property(fc.integer({ min: -900_000, max: 900_000 }), fc.nat(800_000), (difference, windowMs) => {
      const at = now + difference;
      expect(verifyAuthTokenQuery({ query, keys, now: at, windowMs }).ok).toBe(Math.abs(difference) <= windowMs);
      expect(verifyAuthTokenQuery({ query, keys, now: at }).ok).toBe(Math.abs(difference) <= 600_000);
    }),
  );
  expect(verifyAuthTokenQuery({ query, keys, now: Number.NaN }).ok).toBe(false);
  expect(verifyAuthTokenQuery({ query, keys, now, windowMs: Number.NaN }).ok).toBe(false);
});

test('any query has one of the closed results, and the key is nowhere in it', () => {
  const piece = fc.oneof(
    fc.constantFrom('authToken', 'timeStamp', '=', '&', '%', '+', '%zz', '%00', timeStamp, `${'A'.repeat(43)}=`),
    anyUnits(5),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((parts) => parts.join('')),
      ),
      (query) => {
        const verification = verifyAuthTokenQuery({ query, keys, now });
        expect(verification.ok || authTokenRefusals.includes(verification.refusal)).toBe(true);
        expect(JSON.stringify(verification)).not.toContain(key);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each(['&', '=', '%', '+', 'p=1&', 'authToken=', '%41'])('a long query of %s is refused', (part) => {
  expect(verifyAuthTokenQuery({ query: part.repeat(100_000), keys, now }).ok).toBe(false);
});

test('of a thousand parameters the work is done, of one more it is not', () => {
  const many = (count: number) => [
    ['timeStamp', timeStamp],
    ...Array.from({ length: count }, (_, at) => [`p${at}`, '']),
  ];
  const query = (count: number) =>
    authTokenQuery(
      key,
      many(count).map(([name = '', value = '']) => [name, value]),
    );
  expect(verifyAuthTokenQuery({ query: query(998), keys, now }).ok).toBe(true);
  expect(verifyAuthTokenQuery({ query: query(999), keys, now })).toEqual({ ok: false, refusal: 'parameters-too-many' });
});
