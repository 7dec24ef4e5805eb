import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSdkDate, sdkDate } from '../../src/index.ts';

test('is written in UTC, without milliseconds', () => {
  expect(sdkDate(Date.parse('2026-01-02T03:04:05.999Z'))).toBe('20260102T030405Z');
  expect(() => sdkDate(Number.NaN)).toThrow(RangeError);
});

test('what is written is read again, to the second', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
      (date) => {
        expect(readSdkDate(sdkDate(date.getTime()))).toBe(Math.floor(date.getTime() / 1000) * 1000);
      },
    ),
  );
});

test.each([
  '',
  '20260102030405Z',
  '20260102T030405',
  '20260102T030405z',
  '20260102T030405Z ',
  '20260102T030405999Z',
  '2026-01-02T03:04:05Z',
  '20260230T030405Z',
  '20260102T240000Z',
  '２０260102T030405Z',
])('%j is none', (text) => expect(readSdkDate(text)).toBeUndefined());
