import { type OldUsageRecord, type UsageRecord, usageRecordCodes } from '@koobridge/contracts';
import * as z from 'zod';
import { jsonColumn } from '../database/query.ts';

/** A record is accepted as it came; a job bills it later or finds it abnormal (话单管理). */
export const UsageState = z.enum(['RECEIVED', 'BILLED', 'ABNORMAL']);
export type UsageState = z.output<typeof UsageState>;

const codeNames = Object.keys(usageRecordCodes) as (keyof typeof usageRecordCodes)[]; // the keys of a literal are exactly its type's
export const UsageCode = z.enum(codeNames);

/** A record that was pushed. Its own times are texts, as they came; instants are those of the life-cycle clock. */
export const KeptRecord = z.object({
  id: z.number(),
  /** Which of the two interfaces took it: the old one names the product, the new one has an id for each record. */
  interface: z.enum(['new', 'old']),
  instanceId: z.string(),
  productId: z.string().nullable(),
  meteringSn: z.string().nullable(),
  recordTime: z.string(),
  beginTime: z.string(),
  endTime: z.string(),
  /** A text or a number, as it came. */
  usageValue: jsonColumn(z.union([z.string(), z.number()])),
  relatedPackage: z.string().nullable(),
  receivedAt: z.number(),
  state: UsageState,
  codes: jsonColumn(z.array(UsageCode)),
  validatedAt: z.number().nullable(),
});
export type KeptRecord = z.output<typeof KeptRecord>;

/** The record as it was pushed. */
export function pushedRecord(kept: KeptRecord): UsageRecord | OldUsageRecord {
  const usage = {
    instance_id: kept.instanceId,
    record_time: kept.recordTime,
    begin_time: kept.beginTime,
    end_time: kept.endTime,
    usage_value: kept.usageValue,
    relate_pkg_instance: kept.relatedPackage,
  };
  return kept.interface === 'new'
    ? { ...usage, metering_sn: kept.meteringSn }
    : { ...usage, product_id: kept.productId ?? '' };
}
