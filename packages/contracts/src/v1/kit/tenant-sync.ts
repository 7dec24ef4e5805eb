import type * as z from 'zod';
import { flagOf } from '../../kit/kit-flag.ts';
import { TenantSync } from '../../kit/tenant-sync.ts';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';

/** As in 2.0, but a tenant is never modified. */
export const V1TenantSync = TenantSync.extend({ flag: flagOf(0, 1) }) satisfies z.ZodType<TenantSync>;

/** A buyer binds the application to an enterprise, or dissolves that (租户信息同步). */
export const v1TenantSync = {
  name: 'tenantSync',
  product: 'Kit',
  request: V1TenantSync,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649109.html',
} as const satisfies Activity;
