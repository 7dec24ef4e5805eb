import * as z from 'zod';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';
import { TestFlag } from '../../production/test-flag.ts';
import { text } from '../../text.ts';

const name = 'releaseLicense';

export const V1ReleaseLicense = z.object({
  activity: z.literal(name),
  /** The order of the purchase. */
  orderId: text(64),
  instanceId: text(64),
  /** Not in the table. */
  testFlag: TestFlag,
});
export type V1ReleaseLicense = z.output<typeof V1ReleaseLicense>;

/** Retention is over, or the buyer unsubscribed: the seller may delete the instance (License释放). */
export const v1ReleaseLicense = {
  name,
  product: 'License',
  request: V1ReleaseLicense,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0000001353261785.html',
} as const satisfies Activity;
