import { setImmediate } from 'node:timers/promises';
import { judgeUsageRecord } from '@koobridge/contracts';
import type { Records } from '../database/records.ts';
import { meteredInstance } from './facts.ts';
import { type KeptRecord, pushedRecord } from './record.ts';

/** What a run of the job did. */
export interface Validated {
  readonly billed: number;
  readonly abnormal: number;
}

/** How long after a push the job runs, in milliseconds of the life-cycle clock: no page says. */
const validationDelay = 10 * 60_000;

/** Records that are judged in one transaction. */
const batch = 1000;

const subject = 'usage-records';

/** Plans the job that judges what was just received, unless it is planned already. */
export function planValidation({ due, clock }: Records): void {
  if (due.plannedFor(subject, 'VALIDATE_USAGE') !== undefined) return;
  due.plan({ at: clock.now() + validationDelay, kind: 'VALIDATE_USAGE', subject, lane: subject });
}

/** The job falls due: one batch, and the next one at the same instant while there are more. */
export function validateWhenDue(records: Records, now: number): void {
  validateBatch(records, now);
  if (records.usageRecords.received(1).length > 0) {
    records.due.plan({ at: now, kind: 'VALIDATE_USAGE', subject, lane: subject });
  }
}

/** Judges all that was received, one batch in each transaction, and lets others in between. Takes a turn of its caller. */
export async function validateAll(records: Records): Promise<Validated> {
  let billed = 0;
  let abnormal = 0;
  for (let left = true; left; ) {
    const done = records.transaction(() => validateBatch(records, records.clock.now()));
    billed += done.billed;
    abnormal += done.abnormal;
    left = done.billed + done.abnormal === batch;
    if (left) await setImmediate();
  }
  records.due.cancel(subject, ['VALIDATE_USAGE']);
  return { billed, abnormal };
}

/** Judges the oldest records, in the order in which they came, so that of two equal ones the first is billed. */
function validateBatch(records: Records, now: number): Validated {
  const received = records.usageRecords.received(batch);
  let billed = 0;
  for (const record of received) {
    const codes = codesAgainst(records, record, now);
    records.usageRecords.judge(record.id, codes, now);
    if (codes.length === 0) billed += 1;
  }
  return { billed, abnormal: received.length - billed };
}

/**
 * A record is held against the instance as it is when the job runs, and its times against the life-cycle clock's when it
 * was pushed (R23). Only what was billed makes a later record a repetition: a faulty one has to be pushed again.
 */
function codesAgainst(records: Records, record: KeptRecord, now: number) {
  const { usageRecords } = records;
  const { meteringSn } = record;
  return judgeUsageRecord(pushedRecord(record), {
    now: record.receivedAt,
    instance: meteredInstance(records, record, now),
    meteringSnSeen: record.interface === 'old' ? undefined : meteringSn !== null && usageRecords.isBilledSn(meteringSn),
    intervalSeen: usageRecords.isBilledInterval(record),
  });
}
