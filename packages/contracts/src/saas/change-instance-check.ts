import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { TestFlag } from '../production/test-flag.ts';
import { text } from '../text.ts';

const name = 'changeInstanceCheck';

/**
 * The product that an instance would become. No page says what it holds; the three members are those of an older
 * request, and nothing is assumed of them but their names.
 */
export const TargetProduct = z.looseObject({
  skuCode: z.unknown().optional(),
  productId: z.unknown().optional(),
  linearValue: z.unknown().optional(),
});
export type TargetProduct = z.output<typeof TargetProduct>;

export const ChangeInstanceCheck = z.object({
  activity: z.literal(name),
  instanceId: text(64),
  /** One object or several; read as a list. */
  productInfo: z.union(
    [z.array(TargetProduct).min(1, 'must not be empty'), TargetProduct.transform((only) => [only])],
    'must be an object or a list of objects',
  ),
  testFlag: TestFlag,
});
export type ChangeInstanceCheck = z.output<typeof ChangeInstanceCheck>;

/** Before a renewal that changes an instance, the store asks whether it can be changed (续费变更校验). */
export const changeInstanceCheck = {
  name,
  product: 'SaaS',
  request: ChangeInstanceCheck,
  answer: ResultAnswer,
  keyClass: 'base',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0000002411753620.html',
} as const satisfies Activity;
