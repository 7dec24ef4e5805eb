import { sdkDate, type UsageRecord } from '@koobridge/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validateAll, validateWhenDue } from '../../src/usage/validate.ts';
import { answering, memoryMarket } from '../memory-market.ts';
import { hour } from './pushing.ts';

/** Whatever is pushed, in however many pushes and jobs: each use is billed once, by the first record that is in order. */

const start = Date.UTC(2026, 10, 25, 12);

const record: fc.Arbitrary<UsageRecord> = fc
  .record({
    instance: fc.constantFrom('one', 'two', 'nobody'),
    begin: fc.integer({ min: 0, max: 3 }),
    hours: fc.integer({ min: 0, max: 2 }),
    sn: fc.constantFrom('a', 'b', 'c', null),
    value: fc.constantFrom('1', '0', 2),
  })
  .map(({ instance, begin, hours, sn, value }) => ({
    instance_id: instance,
    record_time: sdkDate(start),
    begin_time: sdkDate(start - (4 - begin) * hour),
    end_time: sdkDate(start - (4 - begin - hours) * hour),
    usage_value: value,
    metering_sn: sn,
  }));

function meteredMarket() {
  const market = memoryMarket(
    start,
    answering(() => true),
  );
  const { records } = market.parts;
  for (const instanceId of ['one', 'two']) {
    records.subscriptions.save({
      id: `RA${instanceId}`,
      access: 'SAAS',
      chargingMode: 'ON_DEMAND',
      instanceId,
      customer: 'customer-v0',
      customerLevel: 'V0',
      quantity: 1,
      orderedAt: start - 4 * hour,
      startsAt: start - 4 * hour,
      openedAt: start - 4 * hour,
      claimedAt: null,
      activatedAt: null,
      phase: 'ACTIVE',
      trial: false,
      violation: false,
      autoRenew: false,
      awaiting: null,
      orderCount: 1,
      terms: [{ orderId: 'CS1', productId: 'MOCKSAAS0004-USE', period: null, count: 0, quantity: 1 }],
    });
  }
  return records;
}

test('no id and no interval is billed twice, and what is in order and new is billed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(record, { maxLength: 6 }), { maxLength: 5 }), async (pushes) => {
      const records = meteredMarket();
      for (const [index, pushed] of pushes.entries()) {
        records.transaction(() => {
          for (const one of pushed) records.usageRecords.add(one, start);
        });
        if (index % 2 === 1) await validateAll(records);
      }
      records.transaction(() => validateWhenDue(records, start));

      const ids = new Set<string>();
      const intervals = new Set<string>();
      const kept = records.usageRecords.list({ limit: 1000 });
      expect(kept).toHaveLength(pushes.flat().length);
      for (const { instanceId, meteringSn, beginTime, endTime, usageValue, state } of kept) {
        const interval = `${instanceId} ${beginTime} ${endTime}`;
        const inOrder =
          instanceId !== 'nobody' && meteringSn !== null && usageValue !== '0' && endTime <= sdkDate(start);
        const isNew = !ids.has(meteringSn ?? '') && !intervals.has(interval);
        expect(state).toBe(inOrder && isNew ? 'BILLED' : 'ABNORMAL');
        if (state === 'BILLED') {
          ids.add(meteringSn ?? '');
          intervals.add(interval);
        }
      }
      records.close();
    }),
  );
});
