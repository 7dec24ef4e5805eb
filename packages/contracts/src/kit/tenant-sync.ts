import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { text, textOrEmpty } from '../text.ts';
import { flagOf } from './kit-flag.ts';
import { kitMembers } from './kit-members.ts';

export const TenantSync = z.object({
  ...kitMembers,
  /** The buyer's order; empty as `instanceId` is. */
  orderId: textOrEmpty(64),
  tenantCode: text(64),
  /** The buyer's enterprise. */
  name: text(255),
  /** With its `https://`; all OAuth calls for this tenant go there. */
  domainName: text(255),
  /** 2 changes name and domain only. */
  flag: flagOf(0, 1, 2),
});
export type TenantSync = z.output<typeof TenantSync>;

/** A buyer binds the application to an enterprise, or dissolves that (企业同步). */
export const tenantSync = {
  name: 'tenantSync',
  product: 'Kit',
  request: TenantSync,
  answer: ResultAnswer,
  keyClass: 'kit',
  tokenScheme: 'kit-signature',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649433.html',
} as const satisfies Activity;
