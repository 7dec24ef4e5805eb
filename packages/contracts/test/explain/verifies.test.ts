import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  authTokenQuery,
  explain,
  formatStoreTime,
  KeyRings,
  signAuthTokenBody,
  signKit,
  signToken,
  sortMembers,
  tokenQuery,
  verifyAuthTokenBody,
  verifyAuthTokenQuery,
  verifyKit,
  verifyToken,
} from '../../src/index.ts';
import { anyObject, drawFrom, someNumbers, write } from '../json/document.ts';
import { anyNonce } from '../token/requests.ts';
import {
  address,
  baseRequest,
  baseSignature,
  bodyA,
  explained,
  keys,
  kitAddress,
  nonce,
  now,
  secret,
  secretOf,
} from './requests.ts';

describe('a token that verifies', () => {
  test('tells key, class, reading and skew', () => {
    expect(explain(baseRequest(baseSignature(bodyA)), { keys, now: now + 5_000 })).toEqual({
      outcome: 'verifies',
      scheme: 'security-token',
      keyId: 'b',
      keyClass: 'base',
      reading: 'raw',
      tokenHolds: true,
      clockSkewMs: -5_000,
      findings: [],
    });
  });

  test.each([
    [60_000, undefined],
    [60_001, 'timestamp-stale'],
    [-60_000, undefined],
    [-60_001, 'timestamp-ahead'],
  ])('%i ms before now: %s', (age, id) => {
    const explanation = explain(baseRequest(baseSignature(bodyA)), { keys, now: now + age });
    expect(explanation).toMatchObject({ outcome: 'verifies', clockSkewMs: -age, tokenHolds: id === undefined });
    expect(explanation.outcome === 'verifies' && explanation.findings.map((each) => each.id)).toEqual(id ? [id] : []);
  });

  test('takes the rings of a configuration as well', () => {
    const rings = KeyRings.parse({ base: [{ id: 'b', secret }] });
    expect(explain(baseRequest(baseSignature(bodyA)), { keys: rings, now })).toMatchObject({ keyId: 'b' });
  });

  test('of an unknown activity may be of any class', () => {
    const body = '{"activity":"somethingNew"}';
    const explanation = explained(baseRequest(baseSignature(body, secretOf('license')), body));
    expect(explanation).toMatchObject({ keyClass: 'license', findings: [{ id: 'activity-unknown' }] });
  });

  test('whose body names a member twice is refused all the same', () => {
    const body = '{"activity":"newInstance","a":1,"a":2}';
    const explanation = explained(baseRequest(baseSignature(body), body));
    expect(explanation).toMatchObject({
      outcome: 'verifies',
      tokenHolds: false,
      findings: [{ id: 'member-repeated' }],
    });
  });
});

/** Keys that are mostly the right ones, a body in mostly the signed form, and a clock near the edge of the window. */
const circumstances = fc.record({
  document: fc.tuple(anyObject, someNumbers).map(([object, numbers]) => write(object, drawFrom(numbers))),
  sorted: fc.boolean(),
  damage: fc.integer({ min: 0, max: 3 }),
  age: fc.integer({ min: -70_000, max: 70_000 }),
  nonce: anyNonce,
});
const ring = (name: 'kit' | 'v1' | 'base') => keys.filter((key) => key.class === name);

test('the Kit: agrees with verifyKit', () => {
  fc.assert(
    fc.property(circumstances, ({ document, sorted, damage, age, nonce: text }) => {
      const signed = sorted ? (sortMembers(document) ?? document) : document;
      const body = damage === 0 ? `${document}x` : document;
      const headers = { ...signKit({ accessKey: secretOf('kit'), body: signed, timestamp: now, nonce: text }) };
      const explanation = explain({ url: kitAddress, headers, body }, { keys, now: now + age });
      const verification = verifyKit({
        headers: { sign: headers['x-sign'], timestamp: headers['x-timestamp'], nonce: headers['x-nonce'] },
        body: Buffer.from(body),
        keys: ring('kit'),
        now: now + age,
      });
      expect(explanation.outcome === 'verifies' && explanation.tokenHolds).toBe(verification.ok);
      if (explanation.outcome === 'verifies' && verification.ok) expect(explanation.reading).toBe(verification.reading);
    }),
  );
});

test('base interfaces: agrees with verifyToken', () => {
  fc.assert(
    fc.property(circumstances, ({ document, sorted, damage, age, nonce: text }) => {
      const named = document.replace('{', '{"activity":"newInstance",').replace(/,\s*\}$/, '}');
      const signed = sorted ? (sortMembers(named) ?? named) : named;
      const query = tokenQuery(signToken({ accessKey: secret, body: signed, timestamp: now, nonce: text }));
      const body = damage === 0 ? `${named}x` : named;
      const explanation = explain({ url: `${address}?${query}`, body }, { keys, now: now + age });
      const verification = verifyToken({ query, body: Buffer.from(body), keys: ring('base'), now: now + age });
      expect(explanation.outcome === 'verifies' && explanation.tokenHolds).toBe(verification.ok);
    }),
  );
});

test('V1 by GET: agrees with verifyAuthTokenQuery', () => {
  const pairs = fc.array(fc.tuple(fc.string(), fc.string({ unit: 'grapheme' })), { maxLength: 6 });
  fc.assert(
    fc.property(pairs, fc.integer({ min: -700_000, max: 700_000 }), fc.boolean(), (list, age, damaged) => {
      const signed = authTokenQuery(secretOf('v1'), [
        ...list.filter(([name]) => !/^authtoken$/i.test(name)),
        ['timeStamp', formatStoreTime(now)],
      ]);
      const query = damaged ? `extra=1&${signed}` : signed;
      const explanation = explain({ query }, { keys, now: now + age });
      const verification = verifyAuthTokenQuery({ query, keys: ring('v1'), now: now + age });
      expect(explanation.outcome === 'verifies' && explanation.tokenHolds).toBe(verification.ok);
    }),
  );
});

test('V1 by POST: agrees with verifyAuthTokenBody', () => {
  fc.assert(
    fc.property(circumstances, ({ document, damage, age }) => {
      const timed = document
        .replace('{', `{"timeStamp":"${formatStoreTime(now + 8 * 3_600_000)}",`)
        .replace(/,\s*\}$/, '}');
      const body = damage === 0 ? timed.replace('{', '{"extra":1,') : timed;
      const authToken = signAuthTokenBody(secretOf('v1'), timed);
      const explanation = explain({ headers: { authToken }, body }, { keys, now: now + age * 10 });
      const verification = verifyAuthTokenBody({
        authToken,
        body: Buffer.from(body),
        keys: ring('v1'),
        now: now + age * 10,
      });
      expect(explanation.outcome === 'verifies' && explanation.tokenHolds).toBe(verification.ok);
    }),
  );
});

test.each([
  ['aksk', { headers: { Authorization: 'SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=b' } }],
  ['usage-push', { headers: { ts: '1750000000123', nonce, signature: 'x' } }],
])('%s is recognised and not checked', (scheme, request) => {
  expect(explained(request)).toMatchObject({
    outcome: 'unexplained',
    scheme,
    findings: [{ id: 'scheme-not-checked' }],
  });
});
