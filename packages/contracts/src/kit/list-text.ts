import { findDuplicateMember } from '../json/duplicate-member.ts';
import { quoteNames } from './quote-names.ts';

/**
 * Reads a list that came as a text holding JSON (R10). Member names without quotes, as the store's own example prints
 * them, are read too; a repeated name is refused as in the body itself (R5). `undefined` for any other text.
 */
export function readListText(text: string): readonly unknown[] | undefined {
  return readList(text) ?? readList(quoteNames(text));
}

function readList(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && findDuplicateMember(text) === undefined ? value : undefined;
  } catch {
    return undefined;
  }
}
