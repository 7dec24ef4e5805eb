import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSetting, setMember } from '../../src/commands/calling/set-member.ts';

test.each([
  ['a=b', { ok: true, path: ['a'], value: 'b' }],
  ['a=', { ok: true, path: ['a'], value: '' }],
  ['a.0.b=1', { ok: true, path: ['a', '0', 'b'], value: '1' }],
  ['a:=1', { ok: true, path: ['a'], value: 1 }],
  ['a:=[{"b":null}]', { ok: true, path: ['a'], value: [{ b: null }] }],
  ['a=b:=c', { ok: true, path: ['a'], value: 'b:=c' }],
  ['url=https://x?a=b', { ok: true, path: ['url'], value: 'https://x?a=b' }],
  ['a', { ok: false }],
  ['=b', { ok: false }],
  ['a:=b', { ok: false }],
])('%s', (text, setting) => {
  expect(readSetting(text)).toMatchObject(setting);
});

test('what the path needs is made, what is beside it stays, and the original too', () => {
  const before = { list: [{ a: 1 }, { a: 2 }], text: 'x' };
  expect(setMember(before, ['list', '1', 'a'], 3)).toEqual({ list: [{ a: 1 }, { a: 3 }], text: 'x' });
  expect(setMember(before, ['list', '9'], 3)).toEqual({ list: [{ a: 1 }, { a: 2 }, 3], text: 'x' });
  expect(setMember(before, ['text', 'deep'], 3)).toEqual({ list: [{ a: 1 }, { a: 2 }], text: { deep: 3 } });
  expect(before).toEqual({ list: [{ a: 1 }, { a: 2 }], text: 'x' });
});

test('no path reaches a prototype', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', '0', 'a'), { minLength: 1 }),
      fc.jsonValue(),
      (path, value) => {
        const set = setMember({}, path, value);
        const found = path.reduce<unknown>((inside, step) => Object.getOwnPropertyDescriptor(inside, step)?.value, set);
        expect(found).toEqual(value);
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
      },
    ),
  );
});
