import * as z from 'zod';
import type { Activity } from '../../production/activity.ts';
import { ExpireTime } from '../../production/expire-time.ts';
import { ResultAnswer } from '../../production/result.ts';
import { TestFlag } from '../../production/test-flag.ts';
import { optionalText, text } from '../../text.ts';
import { PeriodNumber, PeriodType } from '../parameters.ts';

const name = 'refreshLicense';

export const V1RefreshLicense = z.object({
  activity: z.literal(name),
  /** The order of the renewal; `instanceId` tells what is renewed. */
  orderId: text(64),
  instanceId: text(64),
  /** The product of the new period type, when a renewal changes it. */
  productId: optionalText(64),
  expireTime: ExpireTime,
  periodType: PeriodType,
  periodNumber: PeriodNumber,
  /** Not in the table. */
  testFlag: TestFlag,
});
export type V1RefreshLicense = z.output<typeof V1RefreshLicense>;

/** The store changes a License's validity: a renewal, or a trial that becomes formal (License续费). */
export const v1RefreshLicense = {
  name,
  product: 'License',
  request: V1RefreshLicense,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0000001353381237.html',
} as const satisfies Activity;
