import * as z from 'zod';
import { text, textUpTo } from '../text.ts';

/** A push holds at most this many records; one edition of MKT.9003 and the order query's CBC.9003 say 100. */
export const usageRecordLimit = 1000;

/** Usage of both interfaces. Times are held to their length only and a value to its type: a faulty record is judged by itself. */
const usage = {
  /** The instance of the pay-per-use order, never that of a package. */
  instance_id: text(64),
  /** When the record was produced, UTC, `yyyyMMdd'T'HHmmss'Z'`. */
  record_time: text(17),
  /** Start of the metered interval, UTC, same form. */
  begin_time: text(17),
  /** End of the metered interval, UTC, same form. */
  end_time: text(17),
  /** The quantity: greater than 0, at most 4 decimals. A text on the China page, a Double(12,4) on others; the samples write a text. */
  usage_value: z.union([text(20), z.number()]),
  /** The package instance the usage is deducted from; needed for stop-before-excess packages (用完即停套餐包). */
  relate_pkg_instance: textUpTo(64).nullish(),
};

/** A record of the new interface (UsagePushData). */
export const UsageRecord = z.object({
  ...usage,
  /** The seller's own id of the record. Optional here, because a record without one is let in and judged 004. */
  metering_sn: textUpTo(64).nullish(),
});

/** A record of the old interface: it names its product and has no id of its own. */
export const OldUsageRecord = z.object({ ...usage, product_id: text(64) });

export type UsageRecord = z.output<typeof UsageRecord>;
export type OldUsageRecord = z.output<typeof OldUsageRecord>;

/** The codes of a faulty record. 008 is in no text that could be read; 019 is in one edition only. */
export const usageRecordCodes = {
  '001': 'the instance does not exist',
  '002': 'bad time format',
  '003': 'bad usage value',
  '004': 'the unique id of the record is missing',
  '005': 'the unique id of the record is repeated',
  '006': 'the product of the instance was withdrawn',
  '007': 'the record time has expired',
  '009': 'the instance does not belong to the seller',
  '010': 'duplicate record',
  '011': 'invalid time range of the record',
  '012': 'the instance is not a pay-per-use resource',
  '013': 'the state of the resource is abnormal',
  '014': 'the resource is closed already',
  '015': 'the record begins before the resource was opened',
  '016': 'the resource is still being opened',
  '017': 'stop-before-excess: relate_pkg_instance is empty',
  '018': 'stop-before-excess: relate_pkg_instance is invalid, missing, or does not match instance_id',
  '019': 'blocked by risk control',
} as const;

export type UsageRecordCode = keyof typeof usageRecordCodes;
