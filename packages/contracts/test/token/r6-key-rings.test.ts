import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyRings, keyClasses, keyClassOf, verifyToken } from '../../src/index.ts';
import { accessKey, signedRequest } from './requests.ts';

describe('a ring', () => {
  const ring = Array.from({ length: 5 }, (_, at) => ({ id: `key-${at}`, secret: `secret-${at}` }));

  test.each(ring)('is tried to its end: $id', ({ id, secret }) => {
    expect(verifyToken({ ...signedRequest({ accessKey: secret }), keys: ring })).toMatchObject({ ok: true, keyId: id });
  });

  test('without the key, or without any, refuses', () => {
    const refused = { ok: false, refusal: 'signature-wrong' };
    expect(verifyToken({ ...signedRequest(), keys: ring })).toEqual(refused);
    expect(verifyToken({ ...signedRequest(), keys: [] })).toEqual(refused);
  });
});

describe('the rings of a configuration', () => {
  const key = { id: 'k1', secret: accessKey };

  test('have an empty ring for each class left out', () => {
    expect(KeyRings.parse({ license: [key] })).toEqual({ base: [], license: [key], kit: [], general: [], v1: [] });
    expect(Object.keys(KeyRings.parse({}))).toEqual([...keyClasses]);
  });

  test('may use one id in two rings', () => {
    expect(KeyRings.safeParse({ base: [key], license: [key] }).success).toBe(true);
  });

  test.each([
    ['a misspelt class', { licence: [key] }],
    ['a ring that is no list', { base: key }],
    ['null', null],
    ['two keys with one id', { base: [key, { ...key, secret: 'other' }] }],
    ['a key without id', { base: [{ secret: 'x' }] }],
    ['an empty id', { base: [{ id: '', secret: 'x' }] }],
    ['an id of 65 characters', { base: [{ id: 'i'.repeat(65), secret: 'x' }] }],
    ['a key without secret', { base: [{ id: 'x' }] }],
    ['an empty secret', { base: [{ id: 'x', secret: '' }] }],
    ['a secret that is no text', { base: [{ id: 'x', secret: 1 }] }],
  ])('refuse %s', (_, rings) => {
    expect(KeyRings.safeParse(rings).success).toBe(false);
  });
});

describe('the class of a body that is not verified yet', () => {
  test.each(['refreshLicenseCode', 'updateLicenseCodeStatus', 'releaseLicenseCode'])('%s: license', (activity) => {
    expect(keyClassOf(JSON.stringify({ activity }))).toBe('license');
    expect(keyClassOf(` {"a":[{"activity":1}], "\\u0061ctivity" : "${activity}", "b":`)).toBe('license');
  });

  test.each([
    '{"activity":"releaselicensecode"}',
    '{"activity":"toString"}',
    '{"activity":"__proto__"}',
    '{"activity":["releaseLicenseCode"]}',
    '{"activity":releaseLicenseCode}',
    '{"activity"',
    '{"a":{"activity":"releaseLicenseCode"}}',
    '{"a":"activity","b":"releaseLicenseCode"}',
    '{}',
    '[]',
    'null',
    '"releaseLicenseCode"',
    '\uFEFF{"activity":"releaseLicenseCode"}',
    '',
  ])('%s: none', (text) => {
    expect(keyClassOf(text)).toBeUndefined();
  });

  test('any JSON that names none: none', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(keyClassOf(text)).toBeUndefined();
      }),
    );
  });
});
