import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { kitList } from './kit-list.ts';
import { kitMembers } from './kit-members.ts';
import { OrgInfo } from './org-info.ts';

/** The page's example also has a `flag`, its table has none. */
export const AllOrgSync = z.object({
  ...kitMembers,
  orgInfoList: kitList(OrgInfo),
});
export type AllOrgSync = z.output<typeof AllOrgSync>;

/** The store passes on the whole organisation of an enterprise (部门全量同步). */
export const allOrgSync = {
  name: 'allOrgSync',
  product: 'Kit',
  request: AllOrgSync,
  answer: ResultAnswer,
  keyClass: 'kit',
  tokenScheme: 'kit-signature',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649437.html',
} as const satisfies Activity;
