import * as z from 'zod';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';
import { TestFlag } from '../../production/test-flag.ts';
import { AppInfo } from '../../saas/app-info.ts';
import { optionalInAnswer, optionalText, text } from '../../text.ts';
import { EncryptType } from '../encrypt-type.ts';
import {
  ChargingMode,
  LinearValue,
  OptionalExpireTime,
  OrderAmount,
  PeriodNumber,
  PeriodType,
  SaasExtendParams,
  textOfUnknownLength,
  YesNo,
} from '../parameters.ts';

const name = 'newInstance';

export const V1NewInstance = z.object({
  activity: z.literal(name),
  customerId: text(100),
  customerName: optionalText(64),
  /** The buyer's sub-user, only if the seller chose so at the product's release; newer products get none. */
  userId: optionalText(64),
  userName: optionalText(64),
  /** Encrypted, and only if chosen at release; the pages give no length. */
  mobilePhone: textOfUnknownLength,
  /** The same. */
  email: textOfUnknownLength,
  /** Another one in every request, also when the same order is repeated. */
  businessId: text(64),
  orderId: text(64),
  skuCode: optionalText(64),
  productId: text(64),
  testFlag: TestFlag,
  trialFlag: YesNo,
  /** For products sold by period and packages; approximate, the call of the expiry counts. */
  expireTime: OptionalExpireTime,
  chargingMode: ChargingMode,
  saasExtendParams: SaasExtendParams,
  amount: LinearValue,
  diskSize: LinearValue,
  bandWidth: LinearValue,
  periodType: PeriodType,
  periodNumber: PeriodNumber,
  orderAmount: OrderAmount,
  /** Whether to provision after the purchase or after acceptance; neither values nor a length are documented. */
  provisionType: textOfUnknownLength,
});
export type V1NewInstance = z.output<typeof V1NewInstance>;

/** `instanceId` is mandatory with `000000`; a refusal has none. */
export const V1NewInstanceAnswer = ResultAnswer.extend({
  encryptType: optionalInAnswer(EncryptType),
  instanceId: optionalInAnswer(text(64)),
  appInfo: optionalInAnswer(AppInfo),
});
export type V1NewInstanceAnswer = z.output<typeof V1NewInstanceAnswer>;

/** The store orders an instance and tells all about the order (新购商品). */
export const v1NewInstance = {
  name,
  product: 'SaaS',
  request: V1NewInstance,
  answer: V1NewInstanceAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649013.html',
} as const satisfies Activity;
