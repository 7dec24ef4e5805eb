import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { TestFlag } from '../production/test-flag.ts';
import { optionalInAnswer, text } from '../text.ts';

const name = 'newInstance';

export const NewInstance = z.object({
  activity: z.literal(name),
  orderId: text(64),
  orderLineId: text(64),
  /** Another one in every request, also when the same order line is repeated (R15). */
  businessId: text(64),
  testFlag: TestFlag,
});
export type NewInstance = z.output<typeof NewInstance>;

/** `instanceId` is mandatory with `000000` and `000004`; a refusal has none. */
export const NewInstanceAnswer = ResultAnswer.extend({ instanceId: optionalInAnswer(text(64)) });
export type NewInstanceAnswer = z.output<typeof NewInstanceAnswer>;

/** The store orders an instance, of SaaS or of an online License; what was bought stands in the order query (创建实例). */
export const newInstance = {
  name,
  product: 'SaaS',
  request: NewInstance,
  answer: NewInstanceAnswer,
  keyClass: 'base',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649427.html',
} as const satisfies Activity;
