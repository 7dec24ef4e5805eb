import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { TestFlag } from '../production/test-flag.ts';
import { text } from '../text.ts';

const name = 'orderNotify';

export const OrderNotify = z.object({
  activity: z.literal(name),
  orderId: text(64),
  orderLineId: text(64),
  /** The page calls it mandatory and gives it a default; it may be left out (R11). */
  testFlag: TestFlag,
});
export type OrderNotify = z.output<typeof OrderNotify>;

/** The store announces an order that has been paid; what kind of order it is stands in the order query (订单通知). */
export const orderNotify = {
  name,
  product: 'order notice',
  request: OrderNotify,
  answer: ResultAnswer,
  keyClass: 'general',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0000002091799153.html',
} as const satisfies Activity;
