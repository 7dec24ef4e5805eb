import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { TestFlag } from '../production/test-flag.ts';
import { optionalText, text } from '../text.ts';

const name = 'releaseInstance';

export const ReleaseInstance = z.object({
  activity: z.literal(name),
  instanceId: text(64),
  /** Given when an unsubscription caused the release: as the Chinese page has it, the order of the unsubscription. */
  orderId: optionalText(64),
  orderLineId: optionalText(64),
  testFlag: TestFlag,
});
export type ReleaseInstance = z.output<typeof ReleaseInstance>;

/** The store ends an instance for good: retention is over, or the buyer unsubscribed (释放实例). */
export const releaseInstance = {
  name,
  product: 'SaaS',
  request: ReleaseInstance,
  answer: ResultAnswer,
  keyClass: 'base',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649431.html',
} as const satisfies Activity;
