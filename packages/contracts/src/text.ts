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

/** A text of up to `max` UTF-16 code units that may be empty, null or missing, all of which read as empty. */
export const textOrEmpty = (max: number) =>
  textUpTo(max)
    .nullish()
    .transform((value) => value ?? '');

/** The same for a text that is checked further when it is there: absent, null and empty all read as `undefined`. */
export const optionalUnlessEmpty = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .union([z.literal('').transform(() => undefined), schema], { error: lastOption })
    .nullish()
    .transform((value) => value ?? undefined);

// What the schema itself says is of use; that the value is not empty either is not.
const lastOption = (issue: z.core.$ZodRawIssue) =>
  issue.code === 'invalid_union' ? issue.errors.at(-1)?.[0]?.message : undefined;

/** A member that an answer may leave out; null means absent (R10). */
export const optionalInAnswer = <Schema extends z.ZodType>(schema: Schema) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();

// zod measures strings in code points; its limit stays for the JSON schema, the refinement holds the documented one.
const atMost = (schema: z.ZodString, max: number) => {
  const error = `must have at most ${max} UTF-16 code units`;
  return schema
    .max(max, { error, abort: true })
    .refine((value) => value.length <= max, error)
    .refine((value) => value.isWellFormed(), 'must not hold half a surrogate pair, which no UTF-8 can carry');
};
