import { describe, expect, test } from 'vitest';
import type * as z from 'zod';

/** What the page's table says of a text: absent allowed, `null` allowed, empty allowed, and its length. */
interface TextRule {
  readonly max: number;
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly mayBeEmpty?: boolean;
}

const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

/** A text member of an open API: missing, null, of a wrong type, empty, at its length, one over. `wrap` puts it into a whole message. */
export function describeText(
  schema: z.ZodType,
  wrap: (members: Record<string, unknown>) => unknown,
  member: string,
  { max, optional = false, nullable = false, mayBeEmpty = false }: TextRule,
): void {
  describe(`${member}: text of up to ${max}`, () => {
    const at = (value: unknown) => accepts(schema, wrap({ [member]: value }));
    test('absent', () => expect(at(undefined)).toBe(optional));
    test('null', () => expect(at(null)).toBe(nullable));
    test('empty', () => expect(at('')).toBe(mayBeEmpty));
    test.each([[true], [['x']], [{}]])('wrong type: %j', (value) => expect(at(value)).toBe(false));
    test('at its length', () => expect(at('x'.repeat(max))).toBe(true));
    test('one over', () => expect(at('x'.repeat(max + 1))).toBe(false));
  });
}

/** A member that takes one of a few words. */
export function describeWords(
  schema: z.ZodType,
  wrap: (members: Record<string, unknown>) => unknown,
  member: string,
  words: readonly string[],
): void {
  describe(`${member}: one of ${words.join(', ')}`, () => {
    const at = (value: unknown) => accepts(schema, wrap({ [member]: value }));
    test.each(words)('%s', (word) => expect(at(word)).toBe(true));
    test.each([undefined, null, '', 0, `${words[0]} `, 'toString'])('refused: %j', (value) =>
      expect(at(value)).toBe(false),
    );
  });
}
