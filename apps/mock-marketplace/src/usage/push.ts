import { OldUsageRecord, type UsagePushErrorCode, UsageRecord, usageRecordLimit } from '@koobridge/contracts';
import * as z from 'zod';

/** The body of a push, and what is wrong with one as a whole; a faulty record in it is judged later, by itself. */

const ofRecords = <Shape extends z.ZodType>(record: Shape) =>
  z.strictObject({ usage_records: z.array(record).min(1).max(usageRecordLimit) });

/** Members nobody asked for are refused: MKT.0101 is for "extra or missing" parameters. */
export const newPush = ofRecords(z.strictObject(UsageRecord.shape));
export const oldPush = ofRecords(z.strictObject(OldUsageRecord.shape));

export type PushReading<Push> =
  | { readonly ok: true; readonly push: Push }
  | { readonly ok: false; readonly code: UsagePushErrorCode; readonly detail: string };

export function readPush<Schema extends z.ZodType>(schema: Schema, body: unknown): PushReading<z.output<Schema>> {
  const read = schema.safeParse(body);
  if (read.success) return { ok: true, push: read.data };
  const [issue] = read.error.issues;
  const path = issue?.path.join('.') ?? '';
  return { ok: false, code: codeFor(issue, body), detail: `${path} ${issue?.message ?? ''}`.trim() };
}

function codeFor(issue: z.core.$ZodIssue | undefined, body: unknown): UsagePushErrorCode {
  if (issue === undefined) return 'MKT.0101';
  if (issue.path.length === 1 && issue.code === 'too_big') return 'MKT.9003';
  if (issue.path.length === 1 && issue.code === 'too_small') return 'MKT.9002';
  if (issue.code === 'too_big' || issue.code === 'custom') return 'MKT.0100';
  return isMissing(issue.path, body) ? 'MKT.0199' : 'MKT.0101';
}

function isMissing(path: readonly PropertyKey[], body: unknown): boolean {
  let value = body;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = Object.getOwnPropertyDescriptor(value, step)?.value;
  }
  return value === undefined;
}
