import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signAksk, verifyAksk } from '../../src/index.ts';

const key = { ak: 'AK_EXAMPLE', sk: 'SK_EXAMPLE' };
const now = Date.parse('2026-01-02T03:04:05.999Z');
const host = 'mkt.myhuaweicloud.com';

test('a date that is given stands, in whatever case its name is written', () => {
  const headers = signAksk(
    { method: 'GET', target: '/', headers: { host, 'x-sdk-date': '20200101T000000Z' }, body: '' },
    key,
    now,
  );
  expect(Object.keys(headers)).toEqual(['host', 'x-sdk-date', 'Authorization']);
  expect(headers['x-sdk-date']).toBe('20200101T000000Z');
});

test('signing again replaces the signature, whatever its case, and never signs it', () => {
  const request = { method: 'GET', target: '/', headers: { host }, body: '' };
  const once = signAksk(request, key, now);
  const { Authorization: authorization = '', ...rest } = once;
  expect(signAksk({ ...request, headers: once }, key, now)).toEqual(once);
  expect(signAksk({ ...request, headers: { ...rest, authorization } }, key, now)).toEqual(once);
});

test('any request that is signed verifies, and its headers hold no secret key', () => {
  const name = fc
    .stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,10}$/)
    .filter((each) => each.toLowerCase() !== 'authorization' && each.toLowerCase() !== 'x-sdk-date');
  const encoded = fc.string({ unit: 'grapheme' }).map(encodeURIComponent);
  fc.assert(
    fc.property(
      fc.constantFrom('GET', 'POST', 'put'),
      fc.array(encoded).map((segments) => `/${segments.join('/')}`),
      fc.array(encoded).map((pairs) => pairs.join('&')),
      fc.uniqueArray(name, { selector: (each) => each.toLowerCase() }),
      fc.string(),
      fc.uint8Array(),
      (method, path, query, names, value, body) => {
        const given = { Host: host, ...Object.fromEntries(names.map((each) => [each, value])) };
        const request = { method, target: `${path}?${query}`, headers: given, body };
        const headers = signAksk(request, key, now);
        expect(verifyAksk({ ...request, headers }, key, now)).toEqual({ ok: true });
        expect(JSON.stringify(headers)).not.toContain(key.sk);
      },
    ),
  );
});

test('a moment that is no date is an error', () => {
  expect(() => signAksk({ method: 'GET', target: '/', headers: { host }, body: '' }, key, Number.NaN)).toThrow(
    RangeError,
  );
});
