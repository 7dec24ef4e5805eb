import { readStoreTime } from '../store-time.ts';
import { text } from '../text.ts';

/** The documented maximum; the two forms of R13 are shorter. */
const expireTimeLimit = 20;

/** An expiry as `yyyyMMddHHmmss`, or with milliseconds; a date that does not exist is refused (R13). */
export const ExpireTime = text(expireTimeLimit).refine(
  (value) => readStoreTime(value) !== undefined,
  'must be an existing date as yyyyMMddHHmmss',
);
