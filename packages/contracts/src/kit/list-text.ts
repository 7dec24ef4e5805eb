import { findDuplicateMember } from '../json/duplicate-member.ts';
import { quoteNames } from './quote-names.ts';

/**
 * Reads a list that came as a text holding JSON (R10). Member names without quotes, as the store's own example prints
 * them, are read too; a repeated name is refused as in the body itself (R5). `undefined` for any other text.
 */
export function readListText(text: string): readonly unknown[] | undefined {
  return readList(text) ?? readList(quoteNames(text));
}

/** Whether a text that is no list to read repeats a member name, which is why (R5). */
export const repeatsMember = (text: string): boolean =>
  [text, quoteNames(text)].some((each) => findDuplicateMember(each) !== undefined);

function readList(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && findDuplicateMember(text) === undefined ? value : undefined;
  } catch {
    return undefined;
  }
}
