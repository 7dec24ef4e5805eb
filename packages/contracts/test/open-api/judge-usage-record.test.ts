import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isUsageValue,
  judgeUsageForm,
  judgeUsageRecord,
  type MeteredInstance,
  sdkDate,
  type UsageFacts,
  type UsageRecord,
  type UsageRecordCode,
  usageRecordAge,
  usageRecordCodes,
} from '../../src/index.ts';

const now = Date.parse('2026-03-01T09:05:00Z');
const second = 1000;
const openedAt = Date.parse('2026-01-01T00:00:00Z');
const record: UsageRecord = {
  instance_id: 'i',
  record_time: '20260301T090100Z',
  begin_time: '20260301T080000Z',
  end_time: '20260301T090000Z',
  usage_value: '1',
  metering_sn: 'sn',
};
const open: MeteredInstance = {
  ownedBySeller: true,
  chargingMode: 'ON_DEMAND',
  state: 'OPEN',
  openedAt,
  closedAt: undefined,
  productWithdrawn: false,
  blockedByRiskControl: false,
  packages: undefined,
};
const facts: UsageFacts = { now, instance: open, meteringSnSeen: false, intervalSeen: false };
const stopping = { ...open, packages: new Set(['p1', 'p2']) };

const judged = (members: Partial<UsageRecord>, known: Partial<UsageFacts> = {}) =>
  judgeUsageRecord({ ...record, ...members }, { ...facts, ...known });
const against = (instance: Partial<MeteredInstance>, members: Partial<UsageRecord> = {}) =>
  judged(members, { instance: { ...open, ...instance } });

test('a record without fault has no code', () => expect(judged({})).toEqual([]));

/** One fault each; `what` names it. */
const faults: readonly (readonly [UsageRecordCode, string, UsageRecordCode[]])[] = [
  ['001', 'no such instance', judged({}, { instance: undefined })],
  ['002', 'begin in another form', judged({ begin_time: '20260301080000' })],
  ['002', 'end that does not exist', judged({ end_time: '20260230T090000Z' })],
  ['002', 'record time in another zone', judged({ record_time: '20260301T0901+08' })],
  ['003', 'nothing used', judged({ usage_value: '0' })],
  ['003', 'five decimals', judged({ usage_value: '0.00001' })],
  ['004', 'no id', judged({ metering_sn: undefined })],
  ['004', 'null as id', judged({ metering_sn: null })],
  ['004', 'empty id', judged({ metering_sn: '' })],
  ['005', 'id seen before', judged({}, { meteringSnSeen: true })],
  ['006', 'product withdrawn', against({ productWithdrawn: true })],
  ['007', 'begins too long ago', judged({ begin_time: sdkDate(now - usageRecordAge - second) })],
  ['009', 'another seller’s', against({ ownedBySeller: false })],
  ['010', 'interval seen before', judged({}, { intervalSeen: true })],
  ['011', 'ends before it begins', judged({ end_time: '20260301T075959Z' })],
  ['011', 'ends after it is reported', judged({ end_time: sdkDate(now + second) })],
  ['012', 'a package', against({ chargingMode: 'ON_DEMAND_PKG' })],
  ['012', 'a period', against({ chargingMode: 'PERIOD' })],
  ['012', 'bought once', against({ chargingMode: 'ONE_TIME' })],
  ['013', 'abnormal', against({ state: 'ABNORMAL' })],
  ['014', 'ends after the close', against({ state: 'CLOSED', closedAt: Date.parse('2026-03-01T08:59:59Z') })],
  ['014', 'closed, nobody knows when', against({ state: 'CLOSED' })],
  ['015', 'begins before the opening', against({ openedAt: Date.parse('2026-03-01T08:00:01Z') })],
  ['016', 'still being opened', against({ state: 'OPENING', openedAt: undefined })],
  ['017', 'no package', judged({}, { instance: stopping })],
  ['017', 'empty package', judged({ relate_pkg_instance: '' }, { instance: stopping })],
  ['018', 'another package', judged({ relate_pkg_instance: 'p3' }, { instance: stopping })],
  ['019', 'blocked', against({ blockedByRiskControl: true })],
];

test.each(faults)('%s: %s', (code, _, codes) => expect(codes).toEqual([code]));

test('every code of the table has a fault here, and 008 is unknown', () => {
  expect([...new Set(faults.map(([code]) => code))]).toEqual(Object.keys(usageRecordCodes).sort());
  const all = Array.from({ length: 19 }, (_, at) => String(at + 1).padStart(3, '0'));
  expect(Object.keys(usageRecordCodes).sort()).toEqual(all.filter((code) => code !== '008'));
});

describe('limits are inclusive', () => {
  test('21 days', () => {
    expect(usageRecordAge).toBe(1_814_400_000);
    expect(judged({ begin_time: sdkDate(now - usageRecordAge) })).toEqual([]);
  });
  test('an interval without length, up to the report', () =>
    expect(judged({ begin_time: sdkDate(now), end_time: sdkDate(now) })).toEqual([]));
  test('from the opening to the close', () => {
    const instance = { state: 'CLOSED', openedAt: Date.parse('2026-03-01T08:00:00Z') } as const;
    expect(against({ ...instance, closedAt: Date.parse('2026-03-01T09:00:00Z') })).toEqual([]);
  });
});

test.each([['p1'], ['p2']])('a package that covers the instance: %s', (relate_pkg_instance) =>
  expect(judged({ relate_pkg_instance }, { instance: stopping })).toEqual([]),
);

test('a package is not asked for where usage goes on after the quota', () =>
  expect(judged({ relate_pkg_instance: 'any' })).toEqual([]));

test('the old interface knows no id of a record', () => {
  const { metering_sn: _, ...old } = record;
  const oldRecord = { ...old, product_id: 'OFFI1' };
  expect(judgeUsageRecord(oldRecord, { ...facts, meteringSnSeen: undefined })).toEqual([]);
  expect(judgeUsageForm(oldRecord, now, false)).toEqual([]);
});

test('several faults are listed in order', () => {
  const codes = judged(
    { usage_value: '-1', metering_sn: undefined, begin_time: 'x' },
    { intervalSeen: true, instance: { ...open, productWithdrawn: true, state: 'OPENING' } },
  );
  expect(codes).toEqual(['002', '003', '004', '006', '010', '016']);
});

test('nothing more is said of an instance that is missing or foreign', () => {
  const wrong = { productWithdrawn: true, state: 'ABNORMAL', packages: new Set<string>() } as const;
  expect(against({ ...wrong, ownedBySeller: false })).toEqual(['009']);
  expect(judged({ relate_pkg_instance: 'x' }, { instance: undefined })).toEqual(['001']);
});

test('a seller sees the faults of form before it sends', () => {
  expect(judgeUsageForm({ ...record, usage_value: 0, begin_time: '20250101T000000Z' }, now)).toEqual(['003', '007']);
});

describe('usage value', () => {
  test.each(['1', '0.0001', '12.5000', '007', '99999999.9999', 1, 0.1, 0.0001, 12345678.9999])('%j is one', (value) =>
    expect(isUsageValue(value)).toBe(true),
  );
  test.each([
    '',
    '0',
    '0.0000',
    '-1',
    '+1',
    '1.',
    '.5',
    '1e3',
    ' 1',
    '1,5',
    '1.00000',
    'NaN',
    0,
    -1,
    0.00001,
    0.1 + 0.2,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('%j is none', (value) => expect(isUsageValue(value)).toBe(false));

  test('as a number and as its text it is judged alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 99_999_999_999 }), fc.integer({ min: 0, max: 6 }), (digits, decimals) => {
        const value = digits / 10 ** decimals;
        if (/^-?\d+(\.\d+)?$/.test(String(value))) expect(isUsageValue(value)).toBe(isUsageValue(String(value)));
      }),
    );
  });
});

test('any record is judged without throwing, by codes of the table, each once and in order', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('20260301T080000Z', '20260301T090000Z', 'p1'));
  const anyRecord = fc.record({
    instance_id: text,
    record_time: text,
    begin_time: text,
    end_time: text,
    usage_value: fc.oneof(text, fc.double()),
    metering_sn: fc.option(text),
    relate_pkg_instance: fc.option(text),
  });
  const anyInstance = fc.record({
    ownedBySeller: fc.boolean(),
    chargingMode: fc.constantFrom('ON_DEMAND', 'ONE_TIME', 'PERIOD', 'ON_DEMAND_PKG'),
    state: fc.constantFrom('OPENING', 'OPEN', 'CLOSED', 'ABNORMAL'),
    openedAt: fc.option(fc.constant(openedAt), { nil: undefined }),
    closedAt: fc.option(fc.constant(now), { nil: undefined }),
    productWithdrawn: fc.boolean(),
    blockedByRiskControl: fc.boolean(),
    packages: fc.option(fc.constant(new Set(['p1'])), { nil: undefined }),
  });
  fc.assert(
    fc.property(
      anyRecord,
      fc.option(anyInstance, { nil: undefined }),
      fc.option(fc.boolean(), { nil: undefined }),
      fc.boolean(),
      (each, instance, meteringSnSeen, intervalSeen) => {
        const codes = judgeUsageRecord(each, { now, instance, meteringSnSeen, intervalSeen });
        expect(codes).toEqual([...new Set(codes)].sort());
        for (const code of codes) expect(usageRecordCodes).toHaveProperty(code);
      },
    ),
  );
});
