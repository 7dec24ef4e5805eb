import * as z from 'zod';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';
import { TestFlag } from '../../production/test-flag.ts';
import { text } from '../../text.ts';
import { LinearValue, SaasExtendParams } from '../parameters.ts';

const name = 'upgrade';

export const V1Upgrade = z.object({
  activity: z.literal(name),
  /** Stays the same. */
  instanceId: text(64),
  /** The order of the upgrade. */
  orderId: text(64),
  /** What the instance becomes, as the product does. */
  skuCode: text(64),
  productId: text(64),
  amount: LinearValue,
  /** GB. */
  diskSize: LinearValue,
  /** Mbps. */
  bandWidth: LinearValue,
  /** In the page's example only. */
  saasExtendParams: SaasExtendParams,
  testFlag: TestFlag,
});
export type V1Upgrade = z.output<typeof V1Upgrade>;

/** The store gives an instance a higher specification or a larger capacity (商品升级). */
export const v1Upgrade = {
  name,
  product: 'SaaS',
  request: V1Upgrade,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0000001297828992.html',
} as const satisfies Activity;
