/** The usage push of either interface (`accessg-marketplace/zh-cn_topic_0070649410`, `…411`), and what its answer tells. */
import { randomUUID } from 'node:crypto';
import {
  type AbnormalUsageData,
  AbnormalUsageDataInfo,
  type OldUsageRecord,
  signUsagePush,
  type UsagePushAnswer,
  type UsageRecord,
  usagePushApi,
  usagePushErrors,
} from '@koobridge/contracts';
import type * as z from 'zod';
import type { StoreRequest } from './client.ts';

export type UsagePush =
  | {
      readonly interface: 'new';
      readonly records: readonly UsageRecord[];
      /** The secret of a key of the base interfaces. */
      readonly accessKey: string;
    }
  | { readonly interface: 'old'; readonly records: readonly OldUsageRecord[] };

/** `error_code` of a push that the store took. */
export const usagePushSuccess = 'MKT.0000';

const internalError = 'MKT.0999';

/** Refusals that would come again, although some of them come with HTTP 500. */
const settled: ReadonlySet<string> = new Set(Object.keys(usagePushErrors).filter((code) => code !== internalError));

/**
 * The request that reports usage. Its body is in natural order at every depth and compact, so that it reads the same
 * however far down the store sorts. The new interface is signed anew for each attempt, because the store may remember
 * the nonce of one whose answer was lost; AK/SK comes on top, which the pages disagree about.
 */
export function usagePushRequest(push: UsagePush, now: () => number): StoreRequest {
  const body = JSON.stringify({ usage_records: push.records.map(inNaturalOrder) });
  const common = { method: 'POST', contentType: 'application/json', body, settled } as const;
  if (push.interface === 'old') return { ...common, target: usagePushApi.usagePushOld.path };
  const { accessKey } = push;
  return {
    ...common,
    target: usagePushApi.usagePush.path,
    sign: () => ({ ...signUsagePush({ accessKey, body, ts: now(), nonce: randomUUID() }) }),
  };
}

const inNaturalOrder = (record: UsageRecord | OldUsageRecord): object =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => value !== null && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** The faulty records in an answer. The member that holds them is not documented, so each is looked at. */
export function abnormalRecords(answer: z.output<typeof UsagePushAnswer>): z.output<typeof AbnormalUsageData>[] {
  return [answer, ...Object.values(answer)].flatMap((value) => {
    const info = AbnormalUsageDataInfo.safeParse(value);
    return info.success ? info.data.abnormal_usage_data : [];
  });
}
