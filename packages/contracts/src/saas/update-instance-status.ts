import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { StatusOrder } from '../production/status-order.ts';
import { TestFlag } from '../production/test-flag.ts';
import { text } from '../text.ts';

const name = 'updateInstanceStatus';

export const UpdateInstanceStatus = z.object({
  activity: z.literal(name),
  instanceId: text(64),
  status: StatusOrder,
  testFlag: TestFlag,
});
export type UpdateInstanceStatus = z.output<typeof UpdateInstanceStatus>;

/** The store freezes or unfreezes an instance (更新实例状态). The body holds neither an order nor a time. */
export const updateInstanceStatus = {
  name,
  product: 'SaaS',
  request: UpdateInstanceStatus,
  answer: ResultAnswer,
  keyClass: 'base',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649430.html',
} as const satisfies Activity;
