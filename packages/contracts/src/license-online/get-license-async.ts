import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { TestFlag } from '../production/test-flag.ts';
import { optionalText, text } from '../text.ts';

const name = 'getLicenseAsync';

export const GetLicenseAsync = z.object({
  activity: z.literal(name),
  instanceId: text(64),
  /** UTC; no page states a form, and the one seen, `2023-10-27 10:30:15 z`, is not that of other activities (R10). */
  effectiveTime: text(32),
  /** The same; required for a product billed by period. */
  expireTime: optionalText(32),
  /** With the device's fingerprint it tells a repeat from a new application; the License is uploaded under it. */
  eventId: text(64),
  deviceFingerprint: optionalText(1024),
  testFlag: TestFlag,
});
export type GetLicenseAsync = z.output<typeof GetLicenseAsync>;

/** A buyer applies for a License, which the seller uploads (异步申请License). The same application gets the same License. */
export const getLicenseAsync = {
  name,
  product: 'online License',
  request: GetLicenseAsync,
  answer: ResultAnswer,
  keyClass: 'base',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649255.html',
} as const satisfies Activity;
