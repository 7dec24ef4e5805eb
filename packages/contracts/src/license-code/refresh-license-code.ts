import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ExpireTime } from '../production/expire-time.ts';
import { RefreshScene } from '../production/refresh-scene.ts';
import { ResultAnswer } from '../production/result.ts';
import { TestFlag } from '../production/test-flag.ts';
import { optionalText, text } from '../text.ts';

const name = 'refreshLicenseCode';

export const RefreshLicenseCode = z.object({
  activity: z.literal(name),
  scene: RefreshScene,
  /** A renewal or its cancellation has an order of its own. */
  orderId: text(64),
  orderLineId: text(64),
  license: text(64),
  /** The product of the new period type, when a renewal changes it. */
  productId: optionalText(64),
  expireTime: ExpireTime,
  testFlag: TestFlag,
});
export type RefreshLicenseCode = z.output<typeof RefreshLicenseCode>;

/** The store changes a code's validity: a renewal, or the cancellation of one (更新授权码有效期). */
export const refreshLicenseCode = {
  name,
  product: 'License code',
  request: RefreshLicenseCode,
  answer: ResultAnswer,
  keyClass: 'license',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649167.html',
} as const satisfies Activity;
