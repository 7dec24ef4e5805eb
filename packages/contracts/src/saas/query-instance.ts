import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { InstanceIds } from '../production/instance-ids.ts';
import { ResultAnswer } from '../production/result.ts';
import { TestFlag } from '../production/test-flag.ts';
import { optionalInAnswer } from '../text.ts';
import { InstanceInfo } from './instance-info.ts';

const name = 'queryInstance';

export const QueryInstance = z.object({
  activity: z.literal(name),
  instanceId: InstanceIds,
  testFlag: TestFlag,
});
export type QueryInstance = z.output<typeof QueryInstance>;

export const QueryInstanceAnswer = ResultAnswer.extend({ info: optionalInAnswer(z.array(InstanceInfo)) });
export type QueryInstanceAnswer = z.output<typeof QueryInstanceAnswer>;

/** The store asks how instances are reached and used; it polls this after a creation that takes longer (查询实例信息). */
export const queryInstance = {
  name,
  product: 'SaaS',
  request: QueryInstance,
  answer: QueryInstanceAnswer,
  keyClass: 'base',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649428.html',
} as const satisfies Activity;
