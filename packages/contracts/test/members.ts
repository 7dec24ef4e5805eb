/** What R10 says of every member, as tests: described once for each kind of member, called by each activity's file. */
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';

export type Example = Readonly<Record<string, unknown>>;

/** The members that a schema complains about, each once. */
export function complaints(schema: z.ZodType, body: unknown): string[] {
  const parsed = schema.safeParse(body);
  return parsed.success ? [] : [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
}

export const without = (example: Example, ...members: string[]): Example =>
  Object.fromEntries(Object.entries(example).filter(([name]) => !members.includes(name)));

/** A text of so many UTF-16 code units and about half as many characters. */
const wide = (units: number) => 'x'.repeat(units % 2) + '😀'.repeat(Math.floor(units / 2));

/** A text member: absent, null, wrong type, empty, at its length, one over. */
export function describeText(
  schema: z.ZodType,
  example: Example,
  member: string,
  max: number,
  mandatory: boolean,
): void {
  const complaintsAbout = (value: unknown) => complaints(schema, { ...example, [member]: value });
  const refused = [member];

  describe(`${member}: ${mandatory ? 'mandatory' : 'optional'} text of up to ${max} (R10)`, () => {
    test('absent, and null, which means absent', () => {
      expect(complaints(schema, without(example, member))).toEqual(mandatory ? refused : []);
      expect(complaintsAbout(null)).toEqual(mandatory ? refused : []);
    });
    test('empty', () => expect(complaintsAbout('')).toEqual(mandatory ? refused : []));
    test.each([[1], [true], [[]], [['x']], [{}]])('wrong type: %j', (value) =>
      expect(complaintsAbout(value)).toEqual(refused),
    );
    test('at its length', () => {
      expect(complaintsAbout('x'.repeat(max))).toEqual([]);
      expect(complaintsAbout(wide(max))).toEqual([]);
    });
    test('one over, in UTF-16 code units', () => {
      expect(complaintsAbout('x'.repeat(max + 1))).toEqual(refused);
      expect(complaintsAbout(wide(max + 1))).toEqual(refused);
    });
    test('half a surrogate pair', () => expect(complaintsAbout('\ud83d')).toEqual(refused));
  });
}

/** A member that takes one of a few words. */
export function describeWords(
  schema: z.ZodType,
  example: Example,
  member: string,
  words: readonly string[],
  mandatory = true,
): void {
  const complaintsAbout = (value: unknown) => complaints(schema, { ...example, [member]: value });

  describe(`${member}: ${mandatory ? '' : 'nothing or '}one of ${words.join(', ')} (R10)`, () => {
    test.each(words)('%s', (word) => expect(complaintsAbout(word)).toEqual([]));
    test.each([undefined, null, ''])('%j stands for none', (value) =>
      expect(complaintsAbout(value)).toEqual(mandatory ? [member] : []),
    );
    test.each([0, false, `${words[0]} `, `${words[0]}x`, 'toString', '__proto__', []])('refused: %j', (value) =>
      expect(complaintsAbout(value)).toEqual([member]),
    );
    test.each(words.filter((word) => word.toLowerCase() !== word))('the case of %s matters', (word) =>
      expect(complaintsAbout(word.toLowerCase())).toEqual([member]),
    );
  });
}

const moments = ['20231231235959', '20240229000000'];
const noMoments = [20231231235959, true, '2023123123595', '20230229000000', '20231301000000', '2023-12-31 23:59:59'];

/** A member that tells a moment in 14 digits, or with milliseconds; where milliseconds are a must, only so. */
export function describeMoment(
  schema: z.ZodType,
  example: Example,
  member: string,
  { mandatory = true, milliseconds = false } = {},
): void {
  const complaintsAbout = (value: unknown) => complaints(schema, { ...example, [member]: value });

  describe(`${member}: an existing date${mandatory ? '' : ', or none'} (R10, R13)`, () => {
    test.each(moments)('%s, to the millisecond', (moment) => expect(complaintsAbout(`${moment}123`)).toEqual([]));
    test.each(moments)('%s, to the second', (moment) =>
      expect(complaintsAbout(moment)).toEqual(milliseconds ? [member] : []),
    );
    test.each([undefined, null, ''])('%j stands for none', (value) =>
      expect(complaintsAbout(value)).toEqual(mandatory ? [member] : []),
    );
    test.each([...noMoments, '202312312359591234', '20230229000000123'])('refused: %j', (value) =>
      expect(complaintsAbout(value)).toEqual([member]),
    );
  });
}

/** `testFlag`, whose values have a file of their own: that this schema has it, and under this name (R11). */
export function describeTestFlag(schema: z.ZodType<{ testFlag: boolean }>, example: Example): void {
  describe('testFlag: 1 for debugging, 0 or nothing for real traffic (R11)', () => {
    test.each([
      ['1', true],
      [1, true],
      ['0', false],
      [0, false],
      ['', false],
      [null, false],
      [undefined, false],
    ])('%j: %j', (flag, debugging) => {
      expect(schema.parse({ ...example, testFlag: flag }).testFlag).toBe(debugging);
    });
    test('absent', () => expect(schema.parse(without(example, 'testFlag')).testFlag).toBe(false));
    test.each(['2', 2, 'true', true, []])('refused: %j', (flag) =>
      expect(complaints(schema, { ...example, testFlag: flag })).toEqual(['testFlag']),
    );
  });
}

/** The ids of a query, as one text. */
export function describeInstanceIds(schema: z.ZodType<{ instanceId: readonly string[] }>, example: Example): void {
  const complaintsAbout = (instanceId: unknown) => complaints(schema, { ...example, instanceId });
  const list = (count: number, length = 64) => Array.from({ length: count }, () => 'x'.repeat(length)).join(',');

  describe('instanceId: 1 to 100 ids of 1 to 64, separated by commas (R10)', () => {
    test.each([
      ['i-1', ['i-1']],
      ['i-1,i-2', ['i-1', 'i-2']],
      ['i-2,i-1,i-2', ['i-2', 'i-1', 'i-2']],
      [' i-1, i-2', [' i-1', ' i-2']],
    ])('%s', (instanceId, ids) => {
      expect(schema.parse({ ...example, instanceId }).instanceId).toEqual(ids);
    });
    test('a hundred of them, each at its length', () => expect(complaintsAbout(list(100))).toEqual([]));
    test.each([
      ['absent', undefined],
      ['null', null],
      ['a number', 1],
      ['a list', ['i-1']],
      ['empty', ''],
      ['an empty id', 'i-1,,i-2'],
      ['an empty id at the end', 'i-1,'],
      ['nothing but a comma', ','],
      ['101 ids', list(101)],
      ['101 short ids', list(101, 1)],
      ['an id of 65', `i-1,${list(1, 65)}`],
      ['an id of 33 characters that take two units each', '😀'.repeat(33)],
    ])('refused: %s', (_, value) => expect(complaintsAbout(value)).toEqual(['instanceId']));
  });
}

/** What holds for every schema: its example is read, unknown members are ignored, other kinds of body are refused. */
export function describeBody(schema: z.ZodType, example: Example): void {
  test('the documented example is read', () => expect(complaints(schema, example)).toEqual([]));
  test('unknown members are ignored (R10)', () => {
    expect(schema.parse({ ...example, unheardOf: 'Acme', __proto__: null })).toEqual(schema.parse(example));
  });
  test.each([[null], [undefined], [[example]], ['text'], [1], [{}]])('a body that is %j is refused', (body) => {
    expect(schema.safeParse(body).success).toBe(false);
  });
}

/** What holds for every activity that its body names: a union of all reads it alike, and other names are refused. */
export function describeActivity(schema: z.ZodType, example: Example, union: z.ZodType): void {
  describeBody(schema, example);
  test('the union of all activities reads it alike', () => {
    expect(union.parse(example)).toEqual(schema.parse(example));
  });
  test.each([undefined, null, '', 1, 'toString', 'NEWINSTANCE', `${example['activity']} `])(
    'activity %j is refused',
    (activity) => {
      expect(complaints(schema, { ...example, activity })).toEqual(['activity']);
      expect(complaints(union, { ...example, activity })).toEqual(['activity']);
    },
  );
}
