import * as z from 'zod';
import type { Activity } from '../../production/activity.ts';
import { ResultAnswer } from '../../production/result.ts';
import { TestFlag } from '../../production/test-flag.ts';
import { text } from '../../text.ts';

const name = 'expireLicense';

/** Its own page is not available; from fragments of it, the members are those of `releaseLicense`. */
export const V1ExpireLicense = z.object({
  activity: z.literal(name),
  /** The order of the purchase. */
  orderId: text(64),
  instanceId: text(64),
  /** Not in the table. */
  testFlag: TestFlag,
});
export type V1ExpireLicense = z.output<typeof V1ExpireLicense>;

/** The validity is over, and the seller freezes the instance (License过期). The page named is one that lists the activity. */
export const v1ExpireLicense = {
  name,
  product: 'License',
  request: V1ExpireLicense,
  answer: ResultAnswer,
  keyClass: 'v1',
  tokenScheme: 'auth-token',
  source: 'https://support.huaweicloud.com/distributed-devg-v2-imc/imc_01_0038.html',
} as const satisfies Activity;
