import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { flagOf } from './kit-flag.ts';
import { kitMembers } from './kit-members.ts';
import { OrgInfo } from './org-info.ts';

export const SingleOrgSync = z.object({
  ...kitMembers,
  ...OrgInfo.shape,
  flag: flagOf(0, 1, 2),
});
export type SingleOrgSync = z.output<typeof SingleOrgSync>;

/** An enterprise creates, edits or deletes one department (部门增量同步). */
export const singleOrgSync = {
  name: 'singleOrgSync',
  product: 'Kit',
  request: SingleOrgSync,
  answer: ResultAnswer,
  keyClass: 'kit',
  tokenScheme: 'kit-signature',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649436.html',
} as const satisfies Activity;
