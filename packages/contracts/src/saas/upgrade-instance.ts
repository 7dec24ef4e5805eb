import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { TestFlag } from '../production/test-flag.ts';
import { text } from '../text.ts';

const name = 'upgradeInstance';

export const UpgradeInstance = z.object({
  activity: z.literal(name),
  /** Stays the same. */
  instanceId: text(64),
  /** The order of the upgrade; what the instance becomes stands in the order query. */
  orderId: text(64),
  orderLineId: text(64),
  testFlag: TestFlag,
});
export type UpgradeInstance = z.output<typeof UpgradeInstance>;

/** The store gives an instance a higher specification or a larger capacity, which has been paid for (实例升级). */
export const upgradeInstance = {
  name,
  product: 'SaaS',
  request: UpgradeInstance,
  answer: ResultAnswer,
  keyClass: 'base',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649432.html',
} as const satisfies Activity;
