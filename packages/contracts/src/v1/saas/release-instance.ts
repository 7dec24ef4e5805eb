import * as z from 'zod';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';
import { TestFlag } from '../../production/test-flag.ts';
import { optionalText, text } from '../../text.ts';
import { OrderAmount } from '../parameters.ts';

const name = 'releaseInstance';

export const V1ReleaseInstance = z.object({
  activity: z.literal(name),
  instanceId: text(64),
  /** The order of the purchase. The table calls it mandatory, the page's own example leaves it out. */
  orderId: optionalText(64),
  orderAmount: OrderAmount,
  testFlag: TestFlag,
});
export type V1ReleaseInstance = z.output<typeof V1ReleaseInstance>;

/** Retention is over, or the buyer unsubscribed: the seller may delete the instance (商品资源释放). */
export const v1ReleaseInstance = {
  name,
  product: 'SaaS',
  request: V1ReleaseInstance,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649056.html',
} as const satisfies Activity;
