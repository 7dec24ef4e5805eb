import { expect, test } from 'vitest';
import { advance, ok, ordered, startMarket } from '../running-market.ts';
import { hourly, judged, push } from './pushing.ts';

/** The list of usage records, and the job. */

test('records are listed by instance and state, page by page', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-on-demand' });
  await advance(market, 'PT9H');
  const records = [0, 1, 2, 3].map((ago) => hourly(market, id, ago));
  await push(market, { usage_records: [...(await Promise.all(records)), await hourly(market, 'NOBODY')] });
  await judged(market, id);
  await push(market, { usage_records: [await hourly(market, id, 4)] });
  const ids = async (query: object) => ok(await market.control.usageRecords({ query })).map((record) => record.id);
  expect(await ids({})).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await ids({ instanceId: id })).toEqual([1, 2, 3, 4, 6]);
  expect(await ids({ state: 'BILLED' })).toEqual([1, 2, 3, 4]);
  expect(await ids({ state: 'ABNORMAL' })).toEqual([5]);
  expect(await ids({ state: 'RECEIVED', instanceId: id })).toEqual([6]);
  expect(await ids({ instanceId: id, after: '2', limit: '2' })).toEqual([3, 4]);
});

test.each(['state=PAID', 'limit=0', 'limit=1001', 'after=0x1', 'more=1'])('400 for ?%s', async (query) => {
  const market = await startMarket();
  const response = await fetch(`${market.url}/control/usage-records?${query}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: expect.stringContaining('query') });
});

test('the job that was run by hand does not come again, and the next push plans the next', async () => {
  const market = await startMarket();
  await push(market, { usage_records: [await hourly(market, 'NOBODY')] });
  expect(ok(await market.control.validateUsageRecords({ body: {} }))).toEqual({ billed: 0, abnormal: 1 });
  expect(ok(await market.control.validateUsageRecords({ body: {} }))).toEqual({ billed: 0, abnormal: 0 });
  await advance(market, 'P1D');
  await push(market, { usage_records: [await hourly(market, 'NOBODY')] });
  await advance(market, 'PT10M');
  expect(ok(await market.control.usageRecords({ query: { state: 'RECEIVED' } }))).toEqual([]);
});

test('more than one batch is judged at the instant it is due', async () => {
  const market = await startMarket();
  const record = await hourly(market, 'NOBODY');
  const usage_records = Array.from({ length: 1000 }, () => record);
  for (const _ of [1, 2, 3]) await push(market, { usage_records });
  await advance(market, 'PT10M');
  expect(ok(await market.control.usageRecords({ query: { state: 'RECEIVED' } }))).toEqual([]);
  expect(ok(await market.control.usageRecords({ query: { after: '2000' } }))).toHaveLength(1000);
});

test('400 for a run of the job with a body that asks for something', async () => {
  const market = await startMarket();
  const response = await fetch(`${market.url}/control/usage-records/validate`, {
    method: 'POST',
    body: '{"instanceId":"NOBODY"}',
  });
  expect(response.status).toBe(400);
});
