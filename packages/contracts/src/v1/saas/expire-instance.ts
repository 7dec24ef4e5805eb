import * as z from 'zod';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';
import { TestFlag } from '../../production/test-flag.ts';
import { optionalText, text } from '../../text.ts';

const name = 'expireInstance';

export const V1ExpireInstance = z.object({
  activity: z.literal(name),
  instanceId: text(64),
  /** The order of the purchase. The table calls it mandatory, the page's own example leaves it out. */
  orderId: optionalText(64),
  testFlag: TestFlag,
});
export type V1ExpireInstance = z.output<typeof V1ExpireInstance>;

/** The validity is over, and the seller freezes the instance (商品过期). */
export const v1ExpireInstance = {
  name,
  product: 'SaaS',
  request: V1ExpireInstance,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649181.html',
} as const satisfies Activity;
