import type { DatabaseSync } from 'node:sqlite';
import type { OldUsageRecord, UsageRecord, UsageRecordCode } from '@koobridge/contracts';
import * as z from 'zod';
import { query } from '../database/query.ts';
import { KeptRecord, type UsageState } from './record.ts';

export interface UsageFilter {
  readonly instanceId?: string | undefined;
  readonly state?: UsageState | undefined;
  /** Only records with a higher id. */
  readonly after?: number | undefined;
  readonly limit: number;
}

export interface UsageRecords {
  add(record: UsageRecord | OldUsageRecord, receivedAt: number): void;
  /** Those that no job has looked at, oldest first. */
  received(limit: number): KeptRecord[];
  /** Bills a record, or with codes finds it abnormal. */
  judge(id: number, codes: readonly UsageRecordCode[], now: number): void;
  /** Oldest first. */
  list(filter: UsageFilter): KeptRecord[];
  isBilledSn(meteringSn: string): boolean;
  isBilledInterval(record: KeptRecord): boolean;
  /** When the store let go of an instance, by the release that it announced. */
  releasedAt(subscription: string): number | undefined;
  /** Remembers the nonce of a push until `until`; false if it was used before. Both are real time. */
  useNonce(nonce: string, keyId: string, until: number, realNow: number): boolean;
}

export function storedUsageRecords(database: DatabaseSync): UsageRecords {
  const insert = database.prepare(
    `INSERT INTO usageRecords (interface, instanceId, productId, meteringSn, recordTime, beginTime, endTime, usageValue,
       relatedPackage, receivedAt, state, codes)
     VALUES ($interface, $instanceId, $productId, $meteringSn, $recordTime, $beginTime, $endTime, $usageValue,
       $relatedPackage, $receivedAt, 'RECEIVED', '[]')`,
  );
  const waiting = query(
    database,
    KeptRecord,
    `SELECT * FROM usageRecords WHERE state = 'RECEIVED' ORDER BY id LIMIT $limit`,
  );
  const filtered = (where: string) =>
    query(
      database,
      KeptRecord,
      `SELECT * FROM usageRecords WHERE id > $after AND ($state IS NULL OR state = $state) ${where} ORDER BY id LIMIT $limit`,
    );
  const all = filtered('');
  const ofInstance = filtered('AND instanceId = $instanceId');
  const update = database.prepare(
    'UPDATE usageRecords SET state = $state, codes = $codes, validatedAt = $now WHERE id = $id',
  );
  const one = z.object({ id: z.number() });
  const billedSn = query(
    database,
    one,
    `SELECT id FROM usageRecords WHERE state = 'BILLED' AND meteringSn = $meteringSn LIMIT 1`,
  );
  const billedInterval = query(
    database,
    one,
    `SELECT id FROM usageRecords
     WHERE state = 'BILLED' AND instanceId = $instanceId AND beginTime = $beginTime AND endTime = $endTime LIMIT 1`,
  );
  const release = query(
    database,
    z.object({ createdAt: z.number() }),
    `SELECT createdAt FROM messages WHERE subject = $subscription AND activity = 'releaseInstance' ORDER BY id LIMIT 1`,
  );
  const forget = database.prepare('DELETE FROM usagePushNonces WHERE until < $realNow');
  const remember = database.prepare(
    'INSERT INTO usagePushNonces (nonce, keyId, until) VALUES ($nonce, $keyId, $until) ON CONFLICT DO NOTHING',
  );
  return {
    add: (record, receivedAt) =>
      void insert.run({
        interface: 'product_id' in record ? 'old' : 'new',
        instanceId: record.instance_id,
        productId: 'product_id' in record ? record.product_id : null,
        meteringSn: 'product_id' in record ? null : (record.metering_sn ?? null),
        recordTime: record.record_time,
        beginTime: record.begin_time,
        endTime: record.end_time,
        usageValue: JSON.stringify(record.usage_value),
        relatedPackage: record.relate_pkg_instance ?? null,
        receivedAt,
      }),
    received: (limit) => waiting.all({ limit }),
    judge: (id, codes, now) =>
      void update.run({ id, state: codes.length === 0 ? 'BILLED' : 'ABNORMAL', codes: JSON.stringify(codes), now }),
    list: ({ instanceId, state = null, after = 0, limit }) =>
      instanceId === undefined ? all.all({ state, after, limit }) : ofInstance.all({ instanceId, state, after, limit }),
    isBilledSn: (meteringSn) => billedSn.one({ meteringSn }) !== undefined,
    isBilledInterval: ({ instanceId, beginTime, endTime }) =>
      billedInterval.one({ instanceId, beginTime, endTime }) !== undefined,
    releasedAt: (subscription) => release.one({ subscription })?.createdAt,
    useNonce: (nonce, keyId, until, realNow) => {
      forget.run({ realNow });
      return Number(remember.run({ nonce, keyId, until }).changes) === 1;
    },
  };
}
