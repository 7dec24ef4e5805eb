import * as z from 'zod';

/** A mandatory text of 1 to `max` UTF-16 code units (R10). */
export const text = (max: number) => atMost(z.string().min(1, 'must not be empty'), max);

/** A text of up to `max` UTF-16 code units that may be empty. */
export const textUpTo = (max: number) => atMost(z.string(), max);

/** An optional text of up to `max` UTF-16 code units; null means absent (R10). */
export const optionalText = (max: number) =>
  textUpTo(max)
    .nullish()
    .transform((value) => value ?? undefined);

// zod measures strings in code points; its limit stays for the JSON schema, the refinement holds the documented one.
const atMost = (schema: z.ZodString, max: number) => {
  const error = `must have at most ${max} UTF-16 code units`;
  return schema
    .max(max, { error, abort: true })
    .refine((value) => value.length <= max, error)
    .refine((value) => value.isWellFormed(), 'must not hold half a surrogate pair, which no UTF-8 can carry');
};
