import * as z from 'zod';
import { resultCode, resultMessageLimit } from '../result-code.ts';
import { textUpTo } from '../text.ts';

/** The answer of an activity that returns nothing but its result (R8). */
export const ResultAnswer = z.object({
  resultCode: z.enum(resultCode),
  resultMsg: textUpTo(resultMessageLimit),
});
