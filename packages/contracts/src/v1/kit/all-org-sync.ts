import * as z from 'zod';
import { AllOrgSync } from '../../kit/all-org-sync.ts';
import { kitList } from '../../kit/kit-list.ts';
import { OrgInfo } from '../../kit/org-info.ts';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';

const { orgCode, orgName, parentCode } = OrgInfo.shape;

const V1OrgInfo = z
  .object({ orgCode, name: orgName, parentCode })
  .transform(({ name, ...rest }): OrgInfo => ({ ...rest, orgName: name }));

/** The list is called `orgInfo` here and a department's name `name`; read under the names of 2.0. */
export const V1AllOrgSync = AllOrgSync.omit({ orgInfoList: true })
  .extend({ orgInfo: kitList(V1OrgInfo) })
  .transform(({ orgInfo, ...rest }): AllOrgSync => ({ ...rest, orgInfoList: orgInfo }));

/** The store passes on the whole organisation of an enterprise (组织部门信息同步（全量）). */
export const v1AllOrgSync = {
  name: 'allOrgSync',
  product: 'Kit',
  request: V1AllOrgSync,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649113.html',
} as const satisfies Activity;
