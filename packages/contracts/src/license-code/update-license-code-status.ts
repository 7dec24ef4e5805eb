import * as z from 'zod';
import type { Activity } from '../production/activity.ts';
import { ResultAnswer } from '../production/result.ts';
import { TestFlag } from '../production/test-flag.ts';
import { text } from '../text.ts';

const frozen = { FREEZE: 'FREEZE', FROZEN: 'FREEZE', UNFREEZE: 'UNFREEZE', UNFROZEN: 'UNFREEZE' } as const;

/** Freeze or unfreeze, in either of the spellings seen; read as the documented one (R14). */
export const LicenseStatusOrder = z
  .enum(['FREEZE', 'FROZEN', 'UNFREEZE', 'UNFROZEN'])
  .transform((status) => frozen[status]);

const name = 'updateLicenseCodeStatus';

export const UpdateLicenseCodeStatus = z.object({
  activity: z.literal(name),
  license: text(64),
  status: LicenseStatusOrder,
  testFlag: TestFlag,
});
export type UpdateLicenseCodeStatus = z.output<typeof UpdateLicenseCodeStatus>;

/** The store freezes or unfreezes a code (变更授权码状态). The body holds neither an order nor a time. */
export const updateLicenseCodeStatus = {
  name,
  request: UpdateLicenseCodeStatus,
  answer: ResultAnswer,
  keyClass: 'license',
  tokenScheme: 'security-token',
  source: 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_0070649168.html',
} as const satisfies Activity;
