import type * as z from 'zod';
import { ApplicationSync } from '../../kit/application-sync.ts';
import { flagOf } from '../../kit/kit-flag.ts';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';

/** As in 2.0, but an application is never modified. */
export const V1ApplicationSync = ApplicationSync.safeExtend({
  flag: flagOf(0, 1),
}) satisfies z.ZodType<ApplicationSync>;

/** The store hands over a tenant's OAuth client for the application (租户应用信息同步). */
export const v1ApplicationSync = {
  name: 'applicationSync',
  product: 'Kit',
  request: V1ApplicationSync,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649110.html',
} as const satisfies Activity;
