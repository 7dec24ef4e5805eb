import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ExpireTime } from '../production/expire-time.ts';
import { RefreshScene } from '../production/refresh-scene.ts';
import { ResultAnswer } from '../production/result.ts';
import { TestFlag } from '../production/test-flag.ts';
import { optionalText, text } from '../text.ts';

const name = 'refreshInstance';

export const RefreshInstance = z.object({
  activity: z.literal(name),
  scene: RefreshScene,
  /** A renewal, a conversion and, as the current page has it, a cancellation have an order of their own. */
  orderId: text(64),
  orderLineId: text(64),
  instanceId: text(64),
  /** The product of the new period type, when a renewal or conversion changes it. */
  productId: optionalText(64),
  expireTime: ExpireTime,
  testFlag: TestFlag,
});
export type RefreshInstance = z.output<typeof RefreshInstance>;

/** The store changes an instance's validity: a renewal, its cancellation, or a trial that becomes formal (更新实例). */
export const refreshInstance = {
  name,
  product: 'SaaS',
  request: RefreshInstance,
  answer: ResultAnswer,
  keyClass: 'base',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649429.html',
} as const satisfies Activity;
