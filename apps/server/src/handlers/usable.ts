import { AppInfo, createRefusalCodes, UsageInfo } from '@koobridge/contracts';
import * as z from 'zod';

/** What the answers of the seller's handlers have to look like to be used. */

export const UsableDelivery = z.object({ appInfo: AppInfo.optional(), license: z.string().min(1).optional() });

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
