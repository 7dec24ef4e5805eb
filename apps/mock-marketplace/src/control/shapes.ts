import * as z from 'zod';

/** What the routes of the control API share. */

/** What is wrong, why, and what to do about it. */
const ControlError = z.object({ error: z.string() });

export const failures = {
  400: ControlError,
  403: ControlError,
  404: ControlError,
  409: ControlError,
  413: ControlError,
  422: ControlError,
  503: ControlError,
};

/** No body, an empty one, or an object; members nobody asked for are an error, since a misspelt one would do nothing. */
export const optional = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.strictObject(shape).optional();

export const nothing = optional({});

/** A number as digits and nothing else: JavaScript would also read `0x1` and `1e0`. */
export const digits = z.coerce.string().regex(/^(0|[1-9]\d{0,14})$/, 'must be a number, written in digits');

export const pageLimit = digits.transform(Number).pipe(z.int().min(1).max(1000)).default(1000);

/** Times in views are ISO 8601, UTC. */
export const time = z.string();
