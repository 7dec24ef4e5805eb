import * as z from 'zod';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';
import { TestFlag } from '../../production/test-flag.ts';
import { text } from '../../text.ts';

const name = 'instanceStatus';

export const V1InstanceStatus = z.object({
  activity: z.literal(name),
  instanceId: text(64),
  /** The status to be reached, not an order as in 2.0. */
  instanceStatus: z.enum(['FREEZE', 'NORMAL']),
  testFlag: TestFlag,
});
export type V1InstanceStatus = z.output<typeof V1InstanceStatus>;

/** The store freezes an instance or makes it usable again (实例状态变更). */
export const v1InstanceStatus = {
  name,
  product: 'SaaS',
  request: V1InstanceStatus,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649407.html',
} as const satisfies Activity;
