import * as z from 'zod';
import { digits, failures, nothing, pageLimit, time } from '../control/shapes.ts';
import { UsageCode, UsageState } from './record.ts';

/** The usage records (话单管理): what sellers pushed, and what the store made of it. */

export const UsageRecordView = z.object({
  id: z.number(),
  interface: z.enum(['new', 'old']),
  instanceId: z.string(),
  /** Named by records of the old interface only. */
  productId: z.string().nullable(),
  /** Given by records of the new interface only. */
  meteringSn: z.string().nullable(),
  /** As pushed: `yyyyMMdd'T'HHmmss'Z'` if they are in order. */
  recordTime: z.string(),
  beginTime: z.string(),
  endTime: z.string(),
  usageValue: z.union([z.string(), z.number()]),
  relatedPackage: z.string().nullable(),
  receivedAt: time,
  state: UsageState,
  /** Every code that speaks against it, with what it says. */
  codes: z.array(z.object({ code: UsageCode, meaning: z.string() })),
  validatedAt: time.nullable(),
});

export const usageRoutes = {
  usageRecords: {
    method: 'GET',
    path: '/usage-records',
    query: z.strictObject({
      instanceId: z.string().optional(),
      state: UsageState.optional(),
      after: digits.transform(Number).optional(),
      limit: pageLimit,
    }),
    responses: { ...failures, 200: z.array(UsageRecordView) },
  },
  validateUsageRecords: {
    method: 'POST',
    path: '/usage-records/validate',
    summary: 'Runs the job that bills records or finds them abnormal, at once instead of when it is due',
    body: nothing,
    responses: { ...failures, 200: z.object({ billed: z.number(), abnormal: z.number() }) },
  },
} as const;
