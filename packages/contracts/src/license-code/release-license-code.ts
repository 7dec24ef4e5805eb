import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { TestFlag } from '../production/test-flag.ts';
import { optionalText, text } from '../text.ts';

const name = 'releaseLicenseCode';

export const ReleaseLicenseCode = z.object({
  activity: z.literal(name),
  license: text(64),
  /** Given when an unsubscription caused the release: the order of the unsubscription. */
  orderId: optionalText(64),
  orderLineId: optionalText(64),
  testFlag: TestFlag,
});
export type ReleaseLicenseCode = z.output<typeof ReleaseLicenseCode>;

/** The store ends a code for good: retention is over, or the buyer unsubscribed (释放授权码). */
export const releaseLicenseCode = {
  name,
  product: 'License code',
  request: ReleaseLicenseCode,
  answer: ResultAnswer,
  keyClass: 'license',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649169.html',
} as const satisfies Activity;
