import { expect, test } from 'vitest';
import { foreignInstance } from '../../src/usage/facts.ts';
import { advance, ok, ordered, type RunningMarket, startMarket } from '../running-market.ts';
import { says, takesIt } from '../stub-seller.ts';
import { hourly, judged, push, pushOld } from './pushing.ts';

/** What the job makes of each record: billed, or abnormal with every code that speaks against it. */

async function metered(): Promise<{ market: RunningMarket; id: string }> {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-on-demand' });
  await advance(market, 'PT12H');
  return { market, id };
}

test('a record in order is billed ten minutes of the life-cycle clock after it came, and not before', async () => {
  const { market, id } = await metered();
  const pushed = await hourly(market, id);
  expect(await push(market, { usage_records: [pushed] })).toMatchObject({
    status: 200,
    body: { error_code: 'MKT.0000', error_msg: 'Success.' },
  });
  const records = async () => ok(await market.control.usageRecords({ query: {} }));
  await advance(market, 'PT9M59S');
  expect(await records()).toMatchObject([{ state: 'RECEIVED', codes: [], validatedAt: null }]);
  await advance(market, 'PT1S');
  expect(await records()).toEqual([
    {
      id: 1,
      interface: 'new',
      instanceId: id,
      productId: null,
      meteringSn: pushed.metering_sn,
      recordTime: pushed.record_time,
      beginTime: pushed.begin_time,
      endTime: pushed.end_time,
      usageValue: '1.5',
      relatedPackage: null,
      receivedAt: expect.any(String),
      state: 'BILLED',
      codes: [],
      validatedAt: ok(await market.control.clock()).now,
    },
  ]);
});

test('the old interface is judged without ids of records', async () => {
  const { market, id } = await metered();
  const { metering_sn, ...usage } = await hourly(market, id);
  const record = { ...usage, product_id: 'MOCKSAAS0004-USE', usage_value: 2 };
  expect((await pushOld(market, { usage_records: [record] })).body['error_code']).toBe('MKT.0000');
  expect(await judged(market, id)).toEqual([['BILLED']]);
  expect(metering_sn).not.toBe('');
  const [kept] = ok(await market.control.usageRecords({ query: {} }));
  expect(kept).toMatchObject({ interface: 'old', productId: 'MOCKSAAS0004-USE', usageValue: 2, meteringSn: null });
});

test.each([
  ['001', 'an unknown instance', { instance_id: 'NOBODY' }],
  ['002', 'a time in another form', { record_time: '2026-11-25' }],
  ['003', 'five decimals', { usage_value: '1.00001' }],
  ['003', 'nothing used', { usage_value: 0 }],
  ['004', 'no id', { metering_sn: null }],
  ['004', 'an empty id', { metering_sn: '' }],
  ['009', "another seller's instance", { instance_id: foreignInstance }],
])('%s for %s', async (code, _, departure) => {
  const { market, id } = await metered();
  const record = { ...(await hourly(market, id)), ...departure };
  await push(market, { usage_records: [record] });
  expect(await judged(market, record.instance_id)).toEqual([['ABNORMAL', code]]);
});

test('a code comes with what it says', async () => {
  const { market } = await metered();
  await push(market, { usage_records: [await hourly(market, 'NOBODY')] });
  ok(await market.control.validateUsageRecords({ body: {} }));
  const [record] = ok(await market.control.usageRecords({ query: {} }));
  expect(record?.codes).toEqual([{ code: '001', meaning: 'the instance does not exist' }]);
});

test("the store's own id of the resource is no instance id", async () => {
  const market = await startMarket();
  const { subscription } = await ordered(market, { product: 'saas-on-demand' });
  await advance(market, 'PT2H');
  await push(market, { usage_records: [await hourly(market, subscription)] });
  expect(await judged(market, subscription)).toEqual([['ABNORMAL', '001']]);
});

test('005 for an id that was billed before, 010 for an interval that was', async () => {
  const { market, id } = await metered();
  const first = await hourly(market, id);
  const second = { ...(await hourly(market, id, 1)), metering_sn: first.metering_sn };
  const third = { ...first, metering_sn: 'of-its-own' };
  await push(market, { usage_records: [first, second, third, first] });
  expect(await judged(market, id)).toEqual([
    ['BILLED'],
    ['ABNORMAL', '005'],
    ['ABNORMAL', '010'],
    ['ABNORMAL', '005', '010'],
  ]);
});

test('the interval of another instance is no duplicate', async () => {
  const { market, id } = await metered();
  const other = await ordered(market, { product: 'saas-on-demand' });
  await advance(market, 'PT2H');
  await push(market, { usage_records: [await hourly(market, id), await hourly(market, other.id)] });
  expect(await judged(market, id)).toEqual([['BILLED']]);
  expect(await judged(market, other.id)).toEqual([['BILLED']]);
});

test('what was abnormal is pushed again, corrected, with its id and interval', async () => {
  const { market, id } = await metered();
  const record = await hourly(market, id);
  await push(market, { usage_records: [{ ...record, usage_value: '-1' }] });
  expect(await judged(market, id)).toEqual([['ABNORMAL', '003']]);
  await push(market, { usage_records: [record] });
  expect(await judged(market, id)).toEqual([['ABNORMAL', '003'], ['BILLED']]);
});

test('006 once the listing is withdrawn, and not while its sale is only suspended', async () => {
  const { market, id } = await metered();
  const sell = async (sale: 'SUSPENDED' | 'WITHDRAWN') =>
    ok(await market.control.setSale({ params: { listing: 'saas-metered' }, body: { sale } }));
  await sell('SUSPENDED');
  await push(market, { usage_records: [await hourly(market, id)] });
  await judged(market, id);
  await sell('WITHDRAWN');
  await push(market, { usage_records: [await hourly(market, id, 1)] });
  expect(await judged(market, id)).toEqual([['BILLED'], ['ABNORMAL', '006']]);
});

test('006 for a product that is no longer in the catalogue', async () => {
  const { market, id } = await metered();
  ok(await market.control.removeProduct({ params: { product: 'saas-on-demand' }, body: {} }));
  await push(market, { usage_records: [await hourly(market, id)] });
  expect(await judged(market, id)).toEqual([['ABNORMAL', '006']]);
});

test('007 for a begin more than 21 days before the push, by the life-cycle clock', async () => {
  const { market, id } = await metered();
  await advance(market, 'P21D');
  await push(market, { usage_records: [await hourly(market, id, 21 * 24 - 1), await hourly(market, id, 21 * 24)] });
  await advance(market, 'P30D'); // a late job does not make a record old
  expect(await judged(market, id)).toEqual([['BILLED'], ['ABNORMAL', '007']]);
});

test('011 for an end before the begin, and for one after the push', async () => {
  const { market, id } = await metered();
  const { begin_time, end_time, ...record } = await hourly(market, id);
  const later = await hourly(market, id, -1);
  await push(market, { usage_records: [{ ...record, begin_time: end_time, end_time: begin_time }, later] });
  expect(await judged(market, id)).toEqual([
    ['ABNORMAL', '011'],
    ['ABNORMAL', '011'],
  ]);
});

test('012 for an instance that is not paid by use', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-package' });
  await advance(market, 'PT2H');
  await push(market, { usage_records: [await hourly(market, id)] });
  expect(await judged(market, id)).toEqual([['ABNORMAL', '012']]);
});

test('013 and 019 while it is frozen for a violation, neither once that is lifted', async () => {
  const { market, id } = await metered();
  ok(await market.control.freezeInstance({ params: { id }, body: {} }));
  await push(market, { usage_records: [await hourly(market, id)] });
  await judged(market, id);
  ok(await market.control.unfreezeInstance({ params: { id }, body: {} }));
  await push(market, { usage_records: [await hourly(market, id, 1)] });
  expect(await judged(market, id)).toEqual([['ABNORMAL', '013', '019'], ['BILLED']]);
});

test('014 for an end behind the release, and what ended before it is still billed', async () => {
  const { market, id } = await metered();
  ok(await market.control.unsubscribeInstance({ params: { id }, body: {} }));
  await advance(market, 'PT3H');
  await push(market, { usage_records: [await hourly(market, id), await hourly(market, id, 3)] });
  expect(await judged(market, id)).toEqual([['ABNORMAL', '014'], ['BILLED']]);
});

test('015 for a begin before the opening', async () => {
  const { market, id } = await metered();
  await push(market, { usage_records: [await hourly(market, id, 11), await hourly(market, id, 12)] });
  expect(await judged(market, id)).toEqual([['BILLED'], ['ABNORMAL', '015']]);
});

test('016 while the instance is still being made', async () => {
  const market = await startMarket();
  market.seller.answer((response, call, index) => {
    const { activity } = call.message;
    if (activity === 'newInstance') return says(response, '000004', 'soon.', { instanceId: 'slow' });
    return activity === 'queryInstance' ? says(response, '000005') : takesIt(response, call, index);
  });
  await ordered(market, { product: 'saas-on-demand' });
  await push(market, { usage_records: [await hourly(market, 'slow')] });
  expect(await judged(market, 'slow')).toEqual([['ABNORMAL', '016']]);
});
