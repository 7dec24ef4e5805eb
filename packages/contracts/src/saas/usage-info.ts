import * as z from 'zod';
import { TimeStamp } from '../production/time-stamp.ts';
import { optionalInAnswer, textUpTo } from '../text.ts';

const decimals = 4;
const bound = 10 ** (12 - decimals);

/** `Double(12,4)`: at most 12 digits, four of them decimals. */
const UsageValue = z
  .number()
  .refine(
    (value) => Math.abs(value) < bound && Number(value.toFixed(decimals)) === value,
    'must have at most 12 digits, 4 of them decimals',
  );

/** What was used: the cumulative total of an on-demand instance, or the part used of a package. */
export const UsageInfo = z.object({
  /** Of a package: the on-demand instance that this usage belongs to. */
  relatedInstanceId: optionalInAnswer(textUpTo(64)),
  usageValue: UsageValue,
  /** UTC. */
  statisticalTime: TimeStamp,
  dashboardUrl: optionalInAnswer(textUpTo(512)),
});
export type UsageInfo = z.output<typeof UsageInfo>;
