/** Members that only the queries of V1 have: numbers that arrive as text, and words that may be left out. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { V1Request } from '../../src/index.ts';
import { complaints, describeActivity, describeTestFlag, describeWords, type Example } from '../members.ts';

const member = (schema: z.ZodType, example: Example, name: string) => {
  const read = (value: unknown) => z.looseObject({}).parse(schema.parse({ ...example, [name]: value }))[name];
  const complaintsAbout = (value: unknown) => complaints(schema, { ...example, [name]: value });
  return { read, complaintsAbout };
};

export function describeV1Query(schema: z.ZodType<{ testFlag: boolean }>, example: Example): void {
  describeActivity(schema, example, V1Request);
  describeTestFlag(schema, example);
  test('token and time are no part of it', () => {
    const signed = { ...example, authToken: 'x', timeStamp: '20200727073711903' };
    expect(schema.parse(signed)).toEqual(schema.parse(example));
  });
}

export function describeInteger(schema: z.ZodType, example: Example, name: string, digits: number): void {
  const { read, complaintsAbout } = member(schema, example, name);

  describe(`${name}: nothing, or up to ${digits} digits, read as a number`, () => {
    test.each(['0', '1', '007'.slice(-digits), '9'.repeat(digits)])('%s', (text) => {
      expect(read(text)).toBe(Number(text));
    });
    test.each([undefined, null, ''])('%j stands for none', (value) => expect(read(value)).toBeUndefined());
    test.each(['1'.repeat(digits + 1), '-1', '+1', '1.0', '1e1', '0x1', ' 1', '１', 'one', 1, true, ['1']])(
      'refused: %j',
      (value) => expect(complaintsAbout(value)).toEqual([name]),
    );
  });
}

export function describeAmount(schema: z.ZodType, example: Example): void {
  const { read, complaintsAbout } = member(schema, example, 'orderAmount');

  describe('orderAmount: nothing, or a decimal of up to 20 characters and 3 decimals, read as a number', () => {
    test.each([
      ['0', 0],
      ['12.78', 12.78],
      ['-0.125', -0.125],
      ['00000000000000000001', 1],
    ])('%s', (text, value) => expect(read(text)).toBe(value));
    test.each([undefined, null, ''])('%j stands for none', (value) => expect(read(value)).toBeUndefined());
    test.each(['1.2345', '1.', '.5', '1,5', '1e3', '--1', 'NaN', ' 1', '000000000000000000001', 12.78, true])(
      'refused: %j',
      (value) => expect(complaintsAbout(value)).toEqual(['orderAmount']),
    );
  });
}

export function describeYesNo(schema: z.ZodType, example: Example, name: string): void {
  const { read, complaintsAbout } = member(schema, example, name);

  describe(`${name}: 1 or not`, () => {
    test.each([
      ['1', true],
      ['0', false],
      ['', false],
      [null, false],
      [undefined, false],
    ])('%j: %j', (value, yes) => expect(read(value)).toBe(yes));
    test.each(['2', '01', 'true', true, 1])('refused: %j', (value) => expect(complaintsAbout(value)).toEqual([name]));
  });
}

export function describeChargingMode(schema: z.ZodType, example: Example): void {
  const { read, complaintsAbout } = member(schema, example, 'chargingMode');

  describe('chargingMode: nothing, or 0, 1, 3 or 5, read as a number', () => {
    test.each([0, 1, 3, 5])('%j', (mode) => expect(read(`${mode}`)).toBe(mode));
    test.each([undefined, null, ''])('%j stands for none', (value) => expect(read(value)).toBeUndefined());
    test.each(['2', '4', '6', '01', 'PERIOD', 'toString', 1])('refused: %j', (value) =>
      expect(complaintsAbout(value)).toEqual(['chargingMode']),
    );
  });
}

export function describePeriod(schema: z.ZodType, example: Example): void {
  describeWords(schema, example, 'periodType', ['year', 'month'], false);
  describeInteger(schema, example, 'periodNumber', 2);
}
