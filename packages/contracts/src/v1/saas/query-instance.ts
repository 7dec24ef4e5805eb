import * as z from 'zod';
import type { Activity } from '../../production/activity.ts';
import { InstanceIds } from '../../production/instance-ids.ts';
import { ResultAnswer } from '../../production/result.ts';
import { TestFlag } from '../../production/test-flag.ts';
import { InstanceInfo } from '../../saas/instance-info.ts';
import { optionalInAnswer } from '../../text.ts';
import { EncryptType } from '../encrypt-type.ts';

const name = 'queryInstance';

export const V1QueryInstance = z.object({
  activity: z.literal(name),
  instanceId: InstanceIds,
  testFlag: TestFlag,
});
export type V1QueryInstance = z.output<typeof V1QueryInstance>;

export const V1QueryInstanceAnswer = ResultAnswer.extend({
  encryptType: optionalInAnswer(EncryptType),
  info: optionalInAnswer(z.array(InstanceInfo)),
});
export type V1QueryInstanceAnswer = z.output<typeof V1QueryInstanceAnswer>;

/** The store asks how instances are reached and used (查询实例信息). */
export const v1QueryInstance = {
  name,
  product: 'SaaS',
  request: V1QueryInstance,
  answer: V1QueryInstanceAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649185.html',
} as const satisfies Activity;
