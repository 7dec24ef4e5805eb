import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDuplicateMember } from '../../src/index.ts';
import {
  anyObject,
  type Document,
  drawFrom,
  someNumbers,
  withoutRepetitions,
  write,
  writeCompact,
} from './document.ts';

test('agrees with a search that recurses over the members (R5)', () => {
  fc.assert(
    fc.property(anyObject, someNumbers, (object, numbers) => {
      expect(findDuplicateMember(write(object, drawFrom(numbers)))).toBe(firstRepetition(object));
    }),
    { numRuns: 2000 },
  );
});

test('finds nothing where nothing repeats', () => {
  fc.assert(
    fc.property(anyObject, someNumbers, (object, numbers) => {
      expect(findDuplicateMember(write(withoutRepetitions(object), drawFrom(numbers)))).toBeUndefined();
    }),
  );
});

test('finds a repetition at any depth, in objects and arrays alike', () => {
  const path = fc.array(fc.constantFrom('object', 'array', 'sibling'), { maxLength: 300 });
  fc.assert(
    fc.property(path, fc.string({ unit: 'binary' }), (steps, name) => {
      const quoted = JSON.stringify(name);
      const text = steps.reduceRight(
        (inner, step) =>
          step === 'object' ? `{"o":${inner}}` : step === 'array' ? `[0,${inner}]` : `{"s":{"x":"s"},"t":${inner}}`,
        `{${quoted}:1,"${name.length + 1}-other":[],${quoted}:2}`,
      );
      expect(findDuplicateMember(text)).toBe(JSON.parse(quoted));
    }),
  );
});

test.each([
  ['a name in parent and child', '{"a":{"a":1}}'],
  ['a name before and behind a nested object', '{"a":{"b":1},"b":2}'],
  ['a value equal to a name', '{"a":"a","b":["a","a"]}'],
  ['an array of equal texts', '["a","a","a"]'],
  ['colons and commas in texts', '{"a":"b\\",\\"a\\":1","b":",a:"}'],
  ['texts that end in backslashes', '{"a":"\\\\","b":"\\\\\\\\","c":"\\\\\\""}'],
  ['objects beside each other in an array', '[{"a":1},{"a":2}]'],
])('does not take %s for a repetition', (_, text) => {
  expect(findDuplicateMember(text)).toBeUndefined();
});

test('ends with a text or nothing for any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), brokenText), (text) => {
      const found = findDuplicateMember(text);
      expect(found === undefined || typeof found === 'string').toBe(true);
    }),
    { numRuns: 1000 },
  );
});

const brokenText = fc
  .array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', '"a"', '\\u', '\\ud83d', 'null', ' '))
  .map((parts) => parts.join(''));

/** The repetition whose second name comes first in the text. */
function firstRepetition(document: Document): string | undefined {
  if (document.kind === 'array') {
    for (const item of document.items) {
      const found = firstRepetition(item);
      if (found !== undefined) return found;
    }
  }
  if (document.kind !== 'object') return undefined;
  const seen: string[] = [];
  for (const [name, value] of document.members) {
    if (seen.includes(name)) return name;
    seen.push(name);
    const found = firstRepetition(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

test('the oracle sees what the compact text shows', () => {
  expect(firstRepetition({ kind: 'object', members: [] })).toBeUndefined();
  expect(writeCompact({ kind: 'object', members: [['/', { kind: 'string', value: '\ud83d\n' }]] })).toBe(
    '{"/":"\\ud83d\\n"}',
  );
});
