import * as z from 'zod';
import type { Activity } from '../../production/activity.ts';
import { ExpireTime } from '../../production/expire-time.ts';
import { ResultAnswer } from '../../production/result.ts';
import { TestFlag } from '../../production/test-flag.ts';
import { optionalText, text } from '../../text.ts';
import { OrderAmount, PeriodNumber, PeriodType, YesNo } from '../parameters.ts';

const name = 'refreshInstance';

export const V1RefreshInstance = z.object({
  activity: z.literal(name),
  /** The order of the renewal, or of the renewal that is cancelled. */
  orderId: text(64),
  instanceId: text(64),
  /** The product of the new period type, when a renewal changes it. */
  productId: optionalText(64),
  expireTime: ExpireTime,
  /** A trial becomes an instance sold by period. */
  trialToFormal: YesNo,
  periodType: PeriodType,
  periodNumber: PeriodNumber,
  orderAmount: OrderAmount,
  testFlag: TestFlag,
});
export type V1RefreshInstance = z.output<typeof V1RefreshInstance>;

/** The store changes an instance's validity (商品续费). */
export const v1RefreshInstance = {
  name,
  product: 'SaaS',
  request: V1RefreshInstance,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649180.html',
} as const satisfies Activity;
