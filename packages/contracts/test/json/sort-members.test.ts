import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortMembers } from '../../src/index.ts';
import { anyObject, drawFrom, type ObjectDocument, someNumbers, write, writeCompact } from './document.ts';

test('whatever the white space and the escapes, the sorted form is that of the members (R4)', () => {
  fc.assert(
    fc.property(anyObject, someNumbers, (object, numbers) => {
      const text = write(object, drawFrom(numbers));
      expect(JSON.parse(text)).toBeTypeOf('object'); // the text is JSON, so the oracle speaks of the same thing
      expect(sortMembers(text)).toBe(sortedForm(object));
    }),
    { numRuns: 2000 },
  );
});

test('a sorted form is a fixed point, well-formed and still JSON', () => {
  fc.assert(
    fc.property(anyObject, (object) => {
      const sorted = sortMembers(writeCompact(object)) ?? '';
      expect(sortMembers(sorted)).toBe(sorted);
      expect(sorted.isWellFormed()).toBe(true);
      expect(JSON.parse(sorted)).toBeTypeOf('object');
    }),
  );
});

test('what JSON.stringify wrote is sorted at the top and nowhere else', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.nat(4), (object, indent) => {
      const names = Object.keys(object).filter((name) => object[name] !== null);
      const members = names.sort().map((name) => `${JSON.stringify(name)}:${JSON.stringify(object[name])}`);
      expect(sortMembers(JSON.stringify(object, null, indent))).toBe(`{${members.join(',')}}`);
    }),
  );
});

test('a text that is no JSON object has no sorted form', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
      expect(sortMembers(text) === undefined).toBe(!isObjectText(text));
    }),
  );
});

test('a text that breaks off has no sorted form', () => {
  fc.assert(
    fc.property(anyObject, fc.nat(), (object, cut) => {
      const text = writeCompact(object);
      expect(sortMembers(text.slice(0, cut % text.length))).toBeUndefined();
    }),
  );
});

/** By definition: of a repeated name the last value, nulls gone, code units in order; nested members as written. */
function sortedForm({ members }: ObjectDocument): string {
  const last = new Map(members);
  const kept = [...last].filter(([, value]) => value.kind !== 'literal' || value.token !== 'null');
  kept.sort(([a], [b]) => compareCodeUnits(a, b));
  return writeCompact({ kind: 'object', members: kept });
}

function compareCodeUnits(a: string, b: string): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
