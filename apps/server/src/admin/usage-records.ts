/** Judges a push before it is sent, and tells what became of it. */
import {
  judgeUsageForm,
  OldUsagePushRequest,
  type OldUsageRecord,
  type UsageRecord,
  usageRecordCodes,
} from '@koobridge/contracts';
import type { ServerInferRequest } from '@ts-rest/core';
import type { StoreClient } from '../store/client.ts';
import type { UsagePush } from '../store/usage-push.ts';
import type { openApiRoutes } from './open-api-routes.ts';

export interface UsageNeed {
  /** Absent where the seller gave no credentials for it. */
  readonly store: Pick<StoreClient, 'pushUsage'> | undefined;
  /** The secret that signs the new interface: the base key that the store's last call was signed with, before one came the first. */
  readonly accessKey: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

type Asked = Pick<ServerInferRequest<typeof openApiRoutes.pushUsage>, 'query' | 'body'>;

export async function pushUsage({ query, body }: Asked, { store, accessKey, now }: UsageNeed) {
  const push = query.interface === 'old' ? oldPush(body) : newPush(body, accessKey);
  if (!push.ok) return push.answer;
  const faulty = faultyRecords(push.push, now());
  if (faulty.length > 0) {
    const error = `the store would refuse ${faulty.length === 1 ? 'a record' : 'records'}; nothing was sent`;
    return { status: 422, body: { error, records: faulty } } as const;
  }
  if (store === undefined) return conflict('set STORE_URL, STORE_AK and STORE_SK, so that the store can be called');
  const answer = await store.pushUsage(push.push);
  if (!answer.ok) return { status: 502, body: { error: answer.problem, ...answer.refusal } } as const;
  const { code, message, abnormal } = answer;
  return { status: 200, body: { code, message, abnormal } } as const;
}

const conflict = (error: string) => ({ status: 409, body: { error } }) as const;

function newPush({ usage_records }: Asked['body'], accessKey: string | undefined) {
  if (accessKey === undefined) {
    const answer = conflict('KOOBRIDGE_KEYS holds no base key, which signs the usage push');
    return { ok: false, answer } as const;
  }
  // The old interface's own member would be one too many for the new one (MKT.0101).
  const records = usage_records.map(({ product_id: _, ...record }): UsageRecord => record);
  return { ok: true, push: { interface: 'new', records, accessKey } satisfies UsagePush } as const;
}

function oldPush(body: Asked['body']) {
  const read = OldUsagePushRequest.safeParse(body);
  if (read.success) {
    return { ok: true, push: { interface: 'old', records: read.data.usage_records } satisfies UsagePush } as const;
  }
  const error = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  return { ok: false, answer: { status: 400, body: { error } } as const } as const;
}

function faultyRecords(push: UsagePush, now: number) {
  const records: readonly (UsageRecord | OldUsageRecord)[] = push.records;
  return records.flatMap((record, index) =>
    judgeUsageForm(record, now, push.interface === 'new').map((code) => ({
      index,
      code,
      meaning: usageRecordCodes[code],
    })),
  );
}
