import * as z from 'zod';
import { optionalInAnswer, text, textUpTo } from '../text.ts';

/**
 * How the buyer gets into the product. In 2.0 `userName` and `password` are in clear; in V1 they are encrypted, and the
 * lengths hold for the encrypted text with its initialisation vector.
 */
export const AppInfo = z.object({
  frontEndUrl: text(512),
  adminUrl: optionalInAnswer(textUpTo(512)),
  userName: optionalInAnswer(textUpTo(128)),
  password: optionalInAnswer(textUpTo(128)),
  memo: optionalInAnswer(textUpTo(1024)),
});
export type AppInfo = z.output<typeof AppInfo>;
