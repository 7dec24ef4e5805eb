import { readSdkDate } from '../aksk/sdk-date.ts';
import type { ChargingMode } from './order-query.ts';
import type { OldUsageRecord, UsageRecord, UsageRecordCode } from './usage-record.ts';

/** A record may begin at most this long before it is reported: 21 days in milliseconds, inclusive. */
export const usageRecordAge = 21 * 24 * 60 * 60_000;

/** What the store knows of the instance that a record names. Instants are milliseconds since the epoch. */
export interface MeteredInstance {
  readonly ownedBySeller: boolean;
  readonly chargingMode: ChargingMode;
  readonly state: 'OPENING' | 'OPEN' | 'CLOSED' | 'ABNORMAL';
  /** `undefined` while it is being opened. */
  readonly openedAt: number | undefined;
  /** `undefined` until it is closed. */
  readonly closedAt: number | undefined;
  readonly productWithdrawn: boolean;
  readonly blockedByRiskControl: boolean;
  /** The package instances that cover it, if its product stops before excess; `undefined` for any other product. */
  readonly packages: ReadonlySet<string> | undefined;
}

/** What the store knows when a record arrives. */
export interface UsageFacts {
  /** When it is reported, milliseconds since the epoch. */
  readonly now: number;
  readonly instance: MeteredInstance | undefined;
  /** Whether its `metering_sn` was seen before; `undefined` on the old interface, whose records have none. */
  readonly meteringSnSeen: boolean | undefined;
  /** Whether a record of the same instance with the same begin and end was seen before. */
  readonly intervalSeen: boolean;
}

/** Either interface's record, as far as it is judged. */
type Judged = UsageRecord | OldUsageRecord;

/**
 * Every code that speaks against a record, ascending; none if it is billed (`accessg-marketplace/zh-cn_topic_0070649410`).
 * While a rule's own facts are in doubt, the rule is silent: no range without times, nothing of an instance that is
 * not there or is another seller's. Not documented, so not judged: code 008, several records that begin at the same
 * time, deduction and reset of packages. That duplicates are counted per instance is how the project reads the page.
 */
export function judgeUsageRecord(record: Judged, facts: UsageFacts): UsageRecordCode[] {
  const codes = judgeUsageForm(record, facts.now, facts.meteringSnSeen !== undefined);
  if (facts.meteringSnSeen === true && !codes.includes('004')) codes.push('005');
  if (facts.intervalSeen) codes.push('010');
  codes.push(...againstInstance(record, facts.instance));
  return codes.sort();
}

/**
 * The codes that need no knowledge of the store's, so that a seller can judge a record before it is sent. `now` in
 * milliseconds since the epoch; `needsSn` is false for the old interface.
 */
export function judgeUsageForm(record: Judged, now: number, needsSn = true): UsageRecordCode[] {
  const codes: UsageRecordCode[] = [];
  const begin = readSdkDate(record.begin_time);
  const end = readSdkDate(record.end_time);
  if (begin === undefined || end === undefined || readSdkDate(record.record_time) === undefined) codes.push('002');
  if (!isUsageValue(record.usage_value)) codes.push('003');
  if (needsSn && !('metering_sn' in record && record.metering_sn)) codes.push('004');
  if (begin !== undefined && begin < now - usageRecordAge) codes.push('007');
  if (begin !== undefined && end !== undefined && (begin > end || end > now)) codes.push('011');
  return codes;
}

function againstInstance(record: Judged, instance: MeteredInstance | undefined): UsageRecordCode[] {
  if (instance === undefined) return ['001'];
  if (!instance.ownedBySeller) return ['009'];
  const codes: UsageRecordCode[] = [];
  const begin = readSdkDate(record.begin_time);
  const end = readSdkDate(record.end_time);
  const { state, openedAt, closedAt } = instance;
  if (instance.productWithdrawn) codes.push('006');
  if (instance.chargingMode !== 'ON_DEMAND') codes.push('012');
  if (state === 'ABNORMAL') codes.push('013');
  if (state === 'CLOSED' && end !== undefined && (closedAt === undefined || end > closedAt)) codes.push('014');
  if (begin !== undefined && openedAt !== undefined && begin < openedAt) codes.push('015');
  if (state === 'OPENING') codes.push('016');
  if (instance.packages !== undefined) {
    if (!record.relate_pkg_instance) codes.push('017');
    else if (!instance.packages.has(record.relate_pkg_instance)) codes.push('018');
  }
  if (instance.blockedByRiskControl) codes.push('019');
  return codes;
}

/** Greater than 0 with at most 4 decimals, as a number or in plain decimal digits. */
export function isUsageValue(value: string | number): boolean {
  if (typeof value === 'string') return /^\d+(\.\d{1,4})?$/.test(value) && /[1-9]/.test(value);
  return Number.isFinite(value) && value > 0 && Number(value.toFixed(4)) === value;
}
