import * as z from 'zod';

/**
 * `testFlag`: `"1"` or `1` marks a call of the debugging page; `"0"`, `0`, empty, null or absent is real traffic;
 * anything else is refused (R11). Read as a boolean.
 */
export const TestFlag = z
  .union([z.literal(['1', '0', '']), z.literal([1, 0])], 'must be "1" or "0"')
  .nullish()
  .transform((flag) => flag === '1' || flag === 1);
