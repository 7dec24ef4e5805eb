import * as z from 'zod';
import { readListText, repeatsMember } from './list-text.ts';

/** A list as an array, or as a text that holds JSON; both read as an array, which may be empty (R10). */
export const kitList = <Item extends z.ZodType>(item: Item) =>
  z
    .union([z.array(z.unknown()), z.string()], 'must be a list, or a text that holds one')
    .transform((list, context) => {
      const read = typeof list === 'string' ? readListText(list) : list;
      if (read === undefined) {
        const isRepeating = typeof list === 'string' && repeatsMember(list);
        context.addIssue(isRepeating ? 'must not repeat a member in one of its entries' : 'must hold a list in JSON');
      }
      return read === undefined ? z.NEVER : [...read];
    })
    .pipe(z.array(item));
