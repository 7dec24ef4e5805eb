import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readListText } from '../../src/kit/list-text.ts';
import { quoteNames } from '../../src/kit/quote-names.ts';
import { anyUnits } from '../token/requests.ts';

test('any list in JSON is read as a parser does', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (list) => {
      const text = JSON.stringify(list);
      expect(readListText(text)).toEqual(JSON.parse(text));
    }),
  );
});

const name = fc.stringMatching(/^[A-Za-z_$][A-Za-z0-9_$]{0,20}$/);
const value = fc.oneof(
  fc.string(),
  fc.constantFrom('{a:1}', ',b:', '", c:"', '\\"{d:', '\\'),
  fc.integer(),
  fc.boolean(),
);
const withoutQuotes = (objects: readonly Readonly<Record<string, unknown>>[], blank: string) =>
  `[${objects
    .map((each) => Object.entries(each).map(([key, of]) => `${blank}${key}${blank}:${JSON.stringify(of)}`))
    .map((members) => `{${members.join(',')}}`)
    .join(',')}]`;

test('member names without quotes are read, and strings that look like them stay as they are', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(name, value)), fc.constantFrom('', ' ', '\n\t'), (objects, blank) => {
      expect(readListText(withoutQuotes(objects, blank))).toEqual(JSON.parse(JSON.stringify(objects)));
    }),
  );
});

test('a text that has no bare names stays as it is', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(quoteNames(text)).toBe(text);
    }),
  );
});

describe('nothing more lenient', () => {
  test.each([
    ['single quotes', "[{'a':1}]"],
    ['a trailing comma', '[{a:1},]'],
    ['a bare value', '[{a:b}]'],
    ['a bare text in a list', '[a]'],
    ['a comment', '[{a:1}/* no */]'],
    ['a name that begins with a digit', '[{1a:1}]'],
    ['a name with a dash', '[{a-b:1}]'],
    ['a name of 65 characters', `[{${'a'.repeat(65)}:1}]`],
    ['an open string', '[{a:"b}]'],
    ['no list', '{a:1}'],
    ['nothing', ''],
  ])('%s', (_, text) => expect(readListText(text)).toBeUndefined());

  test.each(['[{"a":1,"a":2}]', '[{a:1,a:1}]', '[{"a":1,a:1}]', '[{"b":{"a":1,"\\u0061":1}}]'])(
    'a repeated name, as in the body itself (R5): %s',
    (text) => expect(readListText(text)).toBeUndefined(),
  );
});

const pieces = fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', ' ', 'a', '1', '__proto__', '\ud83d');
const almostJson = fc.array(pieces, { maxLength: 50 }).map((each) => each.join(''));

test('never throws, whatever the text', () => {
  fc.assert(
    fc.property(fc.oneof(anyUnits(50), almostJson), (text) => {
      expect(() => readListText(text)).not.toThrow();
    }),
  );
});

// Work that grew with the square of the length would outlast the test's time limit.
test.each([
  ['commas', ','],
  ['commas and blanks', ',   '],
  ['names without a colon', ',aaaaaaaa '],
  ['long names', `,${'a'.repeat(100)}`],
  ['braces and blanks', '{ '],
  ['quotes', '"",'],
  ['open quotes', '",'],
])('4 MiB of %s hold no list', (_, piece) => {
  expect(readListText(`[${piece.repeat(2 ** 22 / piece.length)}`)).toBeUndefined();
});
