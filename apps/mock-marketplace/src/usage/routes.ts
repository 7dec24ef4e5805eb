import * as z from 'zod';
import { digits, failures, nothing, pageLimit, time } from '../control/shapes.ts';
import { KeptRecord, UsageCode, UsageState } from './record.ts';

/** The usage records (话单管理): what sellers pushed, and what the store made of it. */

/** Times in a record are as they were pushed: `yyyyMMdd'T'HHmmss'Z'` if they are in order. */
export const UsageRecordView = KeptRecord.extend({
  usageValue: z.union([z.string(), z.number()]),
  receivedAt: time,
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
