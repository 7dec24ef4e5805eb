import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatStoreTime, readStoreTime, storeTimeInUtc } from '../src/index.ts';

const firstInstant = Date.parse('0000-01-01T00:00:00.000Z');
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');
const anyInstant = fc.integer({ min: firstInstant, max: lastInstant });

test('what is written can be read again, to the second', () => {
  fc.assert(
    fc.property(anyInstant, (instant) => {
      const time = readStoreTime(formatStoreTime(instant));
      expect(time && storeTimeInUtc(time)).toBe(Math.floor(instant / 1000) * 1000);
    }),
  );
});

test('17 digits carry the milliseconds', () => {
  fc.assert(
    fc.property(anyInstant, (instant) => {
      const milliseconds = new Date(instant).toISOString().slice(20, 23);
      const time = readStoreTime(formatStoreTime(instant) + milliseconds);
      expect(time && storeTimeInUtc(time)).toBe(instant);
    }),
  );
});

test('of 14 or 17 digits exactly those that are a date are read', () => {
  const part = (low: number, high: number) =>
    fc
      .integer({ min: 0, max: 99 })
      .map((each) => String(each % 3 ? low + (each % (high - low + 1)) : each).padStart(2, '0'));
  const digits = fc
    .tuple(fc.integer({ min: 0, max: 9999 }), part(1, 12), part(1, 31), part(0, 23), part(0, 59), part(0, 59))
    .map(([year, ...rest]) => [String(year).padStart(4, '0'), ...rest]);
  fc.assert(
    fc.property(digits, fc.constantFrom('', '000', '999'), (parts, milliseconds) => {
      const [year, month, day, hour, minute, second] = parts.map(Number);
      const time = readStoreTime(parts.join('') + milliseconds);
      expect(time !== undefined).toBe(exists(year ?? 0, month ?? 0, day ?? 0, [hour ?? 0, minute ?? 0, second ?? 0]));
      if (time) expect(time).toEqual({ year, month, day, hour, minute, second, millisecond: Number(milliseconds) });
    }),
    { numRuns: 2000 },
  );
});

function exists(year: number, month: number, day: number, [hour, minute, second]: readonly [number, number, number]) {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return month >= 1 && day >= 1 && day <= (lengths[month - 1] ?? 0) && hour < 24 && minute < 60 && second < 60;
}

test.each([
  ['20240229000000', true],
  ['20230229000000', false],
  ['21000229000000', false],
  ['20000229000000', true],
  ['20230431000000', false],
  ['20231301000000', false],
  ['20230001000000', false],
  ['20230100000000', false],
  ['20230101240000', false],
  ['20230101006000', false],
  ['20230101000060', false],
  ['99999999999999', false],
  ['99991231235960', false],
  ['00500101000000', true],
  ['2023010100000', false],
  ['202301010000000', false],
  ['2023010100000000', false],
  ['202301010000000000', false],
  ['20230101T000000', false],
  ['20230101000000Z', false],
  [' 20230101000000', false],
  ['20230101000000\n', false],
  ['２０２３０１０１００００００', false],
  ['', false],
])('%j is a date: %s', (text, readable) => expect(readStoreTime(text) !== undefined).toBe(readable));

test('never throws, whatever the text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{14,17}$/)), (text) => void readStoreTime(text)),
  );
});

test.each([lastInstant + 1, firstInstant - 1, Number.NaN, Number.POSITIVE_INFINITY])(
  '%d cannot be written',
  (instant) => {
    expect(() => formatStoreTime(instant)).toThrow(RangeError);
  },
);
