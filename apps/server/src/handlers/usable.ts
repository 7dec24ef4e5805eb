import { AppInfo, createRefusalCodes, UsageInfo } from '@koobridge/contracts';
import * as z from 'zod';

/** What the answers of the seller's handlers have to look like to be used. */

/** Nothing else may stand in it: what an update's own result looks like must not be taken for "tell the buyer nothing". */
export const UsableDelivery = z.strictObject({
  appInfo: AppInfo.strict().optional(),
  /** As long as an answer to V1's `getLicense` may be. */
  license: z
    .string()
    .min(1)
    .refine((license) => license.length <= 16_384, 'must have at most 16,384 UTF-16 code units')
    .optional(),
});

export const UsableCreateVerdict = z.union([
  z.object({ accept: z.literal(true), processing: z.boolean().optional(), delivery: UsableDelivery.optional() }),
  z.object({ accept: z.literal(false), resultCode: z.enum(createRefusalCodes), message: z.string().optional() }),
]);

export const UsableChangeVerdict = z.union([
  z.object({ possible: z.literal(true) }),
  z.object({ possible: z.literal(false), message: z.string() }),
]);

export const UsableUsage = z.record(z.string(), z.array(UsageInfo));

export const UsableOnlineLicense = z.union([
  z.object({ license: z.string().min(1).max(1024) }),
  z.object({ file: z.instanceof(Uint8Array), fileName: z.string().min(1).max(1024) }),
]);
