/** What holds for every Kit body, and for its flag and lists. */
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import {
  complaints,
  describeBody,
  describeMoment,
  describeTestFlag,
  describeText,
  type Example,
  without,
} from '../members.ts';

export function describeKitBody(schema: z.ZodType<{ testFlag: boolean; instanceId: string }>, example: Example): void {
  describeBody(schema, example);
  describeText(schema, example, 'instanceId', 64, false);
  test('an instanceId that is absent or null is read as empty', () => {
    expect(schema.parse(without(example, 'instanceId')).instanceId).toBe('');
    expect(schema.parse({ ...example, instanceId: null }).instanceId).toBe('');
  });
  describeText(schema, example, 'tenantId', 64, true);
  describeTestFlag(schema, example);
  describeMoment(schema, example, 'timeStamp', { milliseconds: true });
}

export function describeFlag(schema: z.ZodType<{ flag: number }>, example: Example, flags: readonly number[]): void {
  const others = [-1, 0, 1, 2, 3, 4, 0.5].filter((flag) => !flags.includes(flag));

  describe(`flag: one of ${flags.join(', ')} (R10)`, () => {
    test.each(flags)('%j', (flag) => expect(schema.parse({ ...example, flag }).flag).toBe(flag));
    test.each([...others, undefined, null, '', '1', true, [1]])('refused: %j', (flag) =>
      expect(complaints(schema, { ...example, flag })).toEqual(['flag']),
    );
  });
}

/** Both forms of a list, and what is none; `item` is one that the list may hold, `broken` one it may not. */
export function describeList(
  schema: z.ZodType,
  example: Example,
  member: string,
  { item, broken, names }: { item: Example; broken: Example; names: string },
): void {
  const read = (value: unknown) => schema.parse({ ...example, [member]: value });
  const complaintsAbout = (value: unknown) => complaints(schema, { ...example, [member]: value });

  describe(`${member}: a list, or a text that holds one (R10)`, () => {
    test.each([[[]], [[item]], [[item, item]]])('a text reads as the list does', (list) => {
      expect(read(JSON.stringify(list))).toEqual(read(list));
      expect(read(JSON.stringify(list, null, 2))).toEqual(read(list));
    });
    test('absent', () => expect(complaints(schema, without(example, member))).toEqual([member]));
    test.each([
      null,
      '',
      ' ',
      1,
      true,
      {},
      '{}',
      'null',
      '1',
      'text',
      '[',
      '[{}',
      "[{'a':1}]",
      '[{"a":1,}]',
      '[{"a":1,"a":1}]',
    ])('refused: %j', (value) => expect(complaintsAbout(value)).toEqual([member]));
    test('what is wrong in it is named, in both forms', () => {
      expect(complaintsAbout([item, broken])).toEqual([`${member}.1.${names}`]);
      expect(complaintsAbout(JSON.stringify([item, broken]))).toEqual([`${member}.1.${names}`]);
    });
    test.each([1, null, 'text', []])('an entry that is %j is refused', (entry) => {
      expect(complaintsAbout([item, entry])).toEqual([`${member}.1`]);
    });
  });
}
