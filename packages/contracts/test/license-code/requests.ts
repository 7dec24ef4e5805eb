import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { ProductionRequest } from '../../src/index.ts';

/** The documented example bodies of the three pages, with invented ids. */
export const refresh = {
  activity: 'refreshLicenseCode',
  expireTime: '20230523201932',
  license: 'PLXXXXXX',
  orderId: 'CS123',
  orderLineId: 'CS123-000001',
  productId: '12345',
  scene: 'RENEWAL',
  testFlag: '1',
};
export const update = { activity: 'updateLicenseCodeStatus', license: 'PLXXXXXX', status: 'FREEZE', testFlag: '1' };
export const release = {
  activity: 'releaseLicenseCode',
  license: 'PLXXXXXX',
  orderId: 'CS123',
  orderLineId: 'CS123-000001',
  testFlag: '1',
};

type Example = Readonly<Record<string, unknown>>;

/** The members that a schema complains about, each once. */
export function complaints(schema: z.ZodType, body: unknown): string[] {
  const parsed = schema.safeParse(body);
  return parsed.success ? [] : [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
}

/** R10 for a text member: absent, null, wrong type, empty, at its length, one over. */
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
      const { [member]: _, ...rest } = example;
      expect(complaints(schema, rest)).toEqual(mandatory ? refused : []);
      expect(complaintsAbout(null)).toEqual(mandatory ? refused : []);
    });
    test('empty', () => expect(complaintsAbout('')).toEqual(mandatory ? refused : []));
    test.each([[1], [true], [[]], [['x']], [{}]])('wrong type: %j', (value) =>
      expect(complaintsAbout(value)).toEqual(refused),
    );
    test('at its length', () => {
      expect(complaintsAbout('x'.repeat(max))).toEqual([]);
      expect(complaintsAbout('😀'.repeat(max / 2))).toEqual([]);
    });
    test('one over, in UTF-16 code units', () => {
      expect(complaintsAbout('x'.repeat(max + 1))).toEqual(refused);
      expect(complaintsAbout(`x${'😀'.repeat(max / 2)}`)).toEqual(refused);
    });
  });
}

/** R10 for a member that takes one of a few words. */
export function describeWords(schema: z.ZodType, example: Example, member: string, words: readonly string[]): void {
  const complaintsAbout = (value: unknown) => complaints(schema, { ...example, [member]: value });

  describe(`${member}: one of ${words.join(', ')} (R10)`, () => {
    test.each(words)('%s', (word) => expect(complaintsAbout(word)).toEqual([]));
    test.each([undefined, null, '', 0, false, `${words[0]} `, words[0]?.toLowerCase(), 'toString', '__proto__'])(
      'refused: %j',
      (value) => expect(complaintsAbout(value)).toEqual([member]),
    );
  });
}

/** What holds for every activity: its example, unknown members, other kinds of body, other activities. */
export function describeActivity(schema: z.ZodType, example: Example, others: readonly Example[]): void {
  test('the documented example is read, through the union of all activities as well', () => {
    expect(complaints(schema, example)).toEqual([]);
    expect(ProductionRequest.parse(example)).toEqual(schema.parse(example));
  });
  test('unknown members are ignored (R10)', () => {
    expect(schema.parse({ ...example, customerName: 'Acme', __proto__: null })).toEqual(schema.parse(example));
  });
  test.each([[null], [undefined], [[example]], ['text'], [1], [{}]])('a body that is %j is refused', (body) => {
    expect(schema.safeParse(body).success).toBe(false);
  });
  test.each(others)('a body of $activity is refused', (other) => {
    expect(complaints(schema, { ...example, activity: other['activity'] })).toEqual(['activity']);
  });
}
