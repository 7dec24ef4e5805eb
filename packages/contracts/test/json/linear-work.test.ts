import { describe, expect, test } from 'vitest';
import { findDuplicateMember, sortMembers } from '../../src/index.ts';

const mebibyte = 1024 * 1024;
const fill = (piece: string) => piece.repeat(Math.ceil(mebibyte / piece.length));

// Work that grew with the square of the length would outlast the test's time limit.
describe.each([
  ['opening brackets', fill('[')],
  ['opening braces', fill('{')],
  ['nested objects', fill('{"a":')],
  ['nested arrays of objects', fill('[{"a":')],
  ['closing braces', fill('}')],
  ['quotes', fill('"')],
  ['empty texts', fill('"",')],
  ['backslashes in a text', `"${fill('\\')}`],
  ['backslashes and quotes', `{"a":"${fill('\\"')}`],
  ['pairs of backslashes', `{"a":"${fill('\\\\')}"`],
  ['broken escapes', `{"${fill('\\u')}":1`],
  ['commas', `{${fill(',')}`],
  ['blanks', fill(' ')],
])('1 MiB of %s', (_, text) => {
  test('holds no repeated member', () => expect(findDuplicateMember(text)).toBeUndefined());
  test('has no sorted form', () => expect(sortMembers(text)).toBeUndefined());
});

describe('1 MiB of JSON', () => {
  test('nested arrays, closed', () => {
    const depth = mebibyte / 2;
    const text = `{"b":${'['.repeat(depth)}${']'.repeat(depth)},"a":1}`;
    expect(findDuplicateMember(text)).toBeUndefined();
    expect(sortMembers(text)).toBe(`{"a":1,"b":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  });

  test('nested objects, closed, with the repetition at the very bottom', () => {
    const depth = mebibyte / 6;
    const text = `${'{"a":'.repeat(depth)}{"x":1,"x":2}${'}'.repeat(depth)}`;
    expect(findDuplicateMember(text)).toBe('x');
    expect(sortMembers(text)).toBe(text);
  });

  test('a hundred thousand members of one object', () => {
    const names = Array.from({ length: 100_000 }, (_, at) => `"m${at}":0`);
    expect(findDuplicateMember(`{${names.join(',')}}`)).toBeUndefined();
    expect(findDuplicateMember(`{${names.join(',')},"m0":1}`)).toBe('m0');
    expect(sortMembers(`{${names.toReversed().join(',')}}`)).toBe(
      `{${names.toSorted((a, b) => (a.slice(0, -2) < b.slice(0, -2) ? -1 : 1)).join(',')}}`,
    );
  });

  test('one long text full of escapes', () => {
    const text = `{"b":"${fill('\\\\\\"')}","a":"${fill('\\u0041')}"}`;
    expect(findDuplicateMember(text)).toBeUndefined();
    expect(sortMembers(text)).toBe(`{"a":"${'A'.repeat(Math.ceil(mebibyte / 6))}","b":"${fill('\\\\\\"')}"}`);
  });

  test('a run of backslashes behind each quote', () => {
    const text = `{"b":[${fill('"\\\\\\\\",')}"x"],"a":1}`;
    expect(findDuplicateMember(text)).toBeUndefined();
    expect(sortMembers(text)).toBe(`{"a":1,${text.slice(1, -7)}}`);
  });
});
