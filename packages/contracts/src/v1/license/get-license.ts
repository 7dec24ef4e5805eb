import * as z from 'zod';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';
import { TestFlag } from '../../production/test-flag.ts';
import { optionalInAnswer, optionalText, text } from '../../text.ts';
import {
  ChargingMode,
  LinearValue,
  OptionalExpireTime,
  PeriodNumber,
  PeriodType,
  SaasExtendParams,
  textOfUnknownLength,
} from '../parameters.ts';

const name = 'getLicense';

export const V1GetLicense = z.object({
  activity: z.literal(name),
  customerId: text(100),
  customerName: optionalText(64),
  /** Another one in every request, also when the same order is repeated. */
  businessId: text(64),
  orderId: text(64),
  skuCode: optionalText(64),
  productId: text(64),
  /** For products sold by period; approximate, the call of the expiry counts. */
  expireTime: OptionalExpireTime,
  periodType: PeriodType,
  amount: LinearValue,
  // The table is not known any further; sellers also receive what follows, with the meaning it has for a new instance.
  periodNumber: PeriodNumber,
  chargingMode: ChargingMode,
  provisionType: textOfUnknownLength,
  saasExtendParams: SaasExtendParams,
  userId: optionalText(64),
  userName: optionalText(64),
  testFlag: TestFlag,
});
export type V1GetLicense = z.output<typeof V1GetLicense>;

/** The page gives a License no length; a bound of our own. */
const licenseLimit = 16_384;

/** Both members are mandatory with `000000`; a refusal has none. */
export const V1GetLicenseAnswer = ResultAnswer.extend({
  instanceId: optionalInAnswer(text(64)),
  license: optionalInAnswer(text(licenseLimit)),
});
export type V1GetLicenseAnswer = z.output<typeof V1GetLicenseAnswer>;

/** The store asks for the License of an order; the same order gets the same one (获取License). */
export const v1GetLicense = {
  name,
  product: 'License',
  request: V1GetLicense,
  answer: V1GetLicenseAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0000001353181669.html',
} as const satisfies Activity;
