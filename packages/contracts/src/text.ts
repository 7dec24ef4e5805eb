import * as z from 'zod';

/** A mandatory text of 1 to `max` UTF-16 code units (R10). */
export const text = (max: number) => z.string().min(1, 'must not be empty').max(max);

/** An optional text of up to `max` UTF-16 code units; null means absent (R10). */
export const optionalText = (max: number) =>
  z
    .string()
    .max(max)
    .nullish()
    .transform((value) => value ?? undefined);
