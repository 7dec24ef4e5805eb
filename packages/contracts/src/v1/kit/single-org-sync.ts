import { SingleOrgSync } from '../../kit/single-org-sync.ts';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';

/** The members are those of 2.0. */
export const V1SingleOrgSync = SingleOrgSync;

/** An enterprise creates, edits or deletes one department (组织部门信息同步（增量）). */
export const v1SingleOrgSync = {
  name: 'singleOrgSync',
  product: 'Kit',
  request: V1SingleOrgSync,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649112.html',
} as const satisfies Activity;
