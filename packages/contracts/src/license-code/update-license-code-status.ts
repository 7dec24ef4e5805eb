import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { StatusOrder } from '../production/status-order.ts';
import { TestFlag } from '../production/test-flag.ts';
import { text } from '../text.ts';

const name = 'updateLicenseCodeStatus';

export const UpdateLicenseCodeStatus = z.object({
  activity: z.literal(name),
  license: text(64),
  status: StatusOrder,
  testFlag: TestFlag,
});
export type UpdateLicenseCodeStatus = z.output<typeof UpdateLicenseCodeStatus>;

/** The store freezes or unfreezes a code (变更授权码状态). The body holds neither an order nor a time. */
export const updateLicenseCodeStatus = {
  name,
  product: 'License code',
  request: UpdateLicenseCodeStatus,
  answer: ResultAnswer,
  keyClass: 'license',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649168.html',
} as const satisfies Activity;
