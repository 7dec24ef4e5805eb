import { expect, test } from 'vitest';
import { nextProbe } from '../../src/probes/plan.ts';
import { advance, ok, type RunningMarket, startMarket } from '../running-market.ts';
import { says, takesIt } from '../stub-seller.ts';

const saveCase = async (market: RunningMarket, body: Parameters<RunningMarket['control']['debug']>[0]['body']) => {
  const { case: saved } = ok(await market.control.debug({ body: { ...body, run: true } }));
  if (saved === null) throw new Error('the case was not saved');
  return saved;
};

/** The clock at the midnight after now. */
const atMidnight = async (market: RunningMarket): Promise<string> => {
  const { now } = ok(await market.control.clock());
  const to = new Date(new Date(now).setUTCHours(24, 0, 0, 0)).toISOString();
  ok(await market.control.moveClock({ body: { to } }));
  return to.slice(0, 10);
};

const probesOf = async (market: RunningMarket) => ok(await market.control.messages({ query: { purpose: 'PROBE' } }));

const listing = async (market: RunningMarket, name: string) =>
  ok(await market.control.listings()).find((one) => one.listing === name);

test.each([
  ['2026-11-25T00:00:00Z', '2026-11-25T09:00:00.000Z'],
  ['2026-11-25T08:59:59Z', '2026-11-25T09:00:00.000Z'],
  ['2026-11-25T09:00:00Z', '2026-11-25T15:00:00.000Z'],
  ['2026-11-25T15:00:00Z', '2026-11-26T09:00:00.000Z'],
  ['2024-02-29T23:59:59Z', '2024-03-01T09:00:00.000Z'],
])('the probe after %s is at %s', (now, next) => {
  expect(new Date(nextProbe(Date.parse(now))).toISOString()).toBe(next);
});

test('every saved case is replayed in the morning and in the afternoon', async () => {
  const market = await startMarket();
  const day = await atMidnight(market);
  await saveCase(market, { interface: 'newInstance' });
  await saveCase(market, { interface: 'releaseLicenseCode' });
  await advance(market, 'P1D');
  const probes = await probesOf(market);
  expect(probes.map(({ activity, createdAt, status }) => [activity, createdAt, status])).toEqual([
    ['newInstance', `${day}T09:00:00.000Z`, 'SUCCEEDED'],
    ['releaseLicenseCode', `${day}T09:00:00.000Z`, 'SUCCEEDED'],
    ['newInstance', `${day}T15:00:00.000Z`, 'SUCCEEDED'],
    ['releaseLicenseCode', `${day}T15:00:00.000Z`, 'SUCCEEDED'],
  ]);
  expect(market.seller.calls.every(({ message }) => message['testFlag'] === '1')).toBe(true);
  expect(ok(await market.control.notices({ query: {} }))).toEqual([]);
});

test('what is suspended or withdrawn is not probed', async () => {
  const market = await startMarket();
  await saveCase(market, { interface: 'newInstance' });
  await saveCase(market, { interface: 'releaseLicenseCode' });
  ok(await market.control.setSale({ params: { listing: 'saas' }, body: { sale: 'SUSPENDED' } }));
  expect(ok(await market.control.runProbes({ body: {} })).map((one) => one.listing)).toEqual(['license']);
  ok(await market.control.setSale({ params: { listing: 'license' }, body: { sale: 'WITHDRAWN' } }));
  await advance(market, 'P2D');
  expect(await probesOf(market)).toHaveLength(1);
  ok(await market.control.setSale({ params: { listing: 'saas' }, body: { sale: 'ON_SALE' } }));
  await advance(market, 'P1D');
  expect(await probesOf(market)).toHaveLength(3);
});

test('without a case nothing is planned, and the last deletion ends the probes', async () => {
  const market = await startMarket();
  await advance(market, 'P3D');
  const { id } = await saveCase(market, { interface: 'newInstance' });
  await advance(market, 'P1D');
  ok(await market.control.removeDebuggingCase({ params: { id }, body: {} }));
  const calls = market.seller.calls.length;
  ok(await market.control.moveClock({ body: { advance: 'P30D' } }));
  expect(market.seller.calls).toHaveLength(calls);
  expect(calls).toBe(3);
});

test('a failed probe is told, and 000004 fails one', async () => {
  const market = await startMarket();
  const { id } = await saveCase(market, { interface: 'newInstance' });
  market.seller.answer((response) => says(response, '000004', 'later', { instanceId: 'i' }));
  const [probed] = ok(await market.control.runProbes({ body: { listing: 'saas' } }));
  expect(probed).toMatchObject({ id, lastRun: { succeeded: false, rule: 'result-code' } });
  const [notice, ...others] = ok(await market.control.notices({ query: {} }));
  expect(others).toEqual([]);
  expect(notice).toMatchObject({ kind: 'PROBE_FAILED', listing: 'saas', messageId: probed?.lastRun?.messageId });
  expect(notice?.text).toContain(id);
  expect(await listing(market, 'saas')).toMatchObject({ consecutiveProbeFailureDays: 1, sale: 'ON_SALE' });
});

test('five days of failed probes in a row suspend the sale, four do not', async () => {
  const market = await startMarket();
  await atMidnight(market);
  await saveCase(market, { interface: 'newInstance' });
  market.seller.answer((response) => says(response, '000005'));
  await advance(market, 'P4D');
  expect(await listing(market, 'saas')).toMatchObject({ consecutiveProbeFailureDays: 4, sale: 'ON_SALE' });
  await advance(market, 'PT9H');
  expect(await listing(market, 'saas')).toMatchObject({ consecutiveProbeFailureDays: 5, sale: 'SUSPENDED' });
  const told = ok(await market.control.notices({ query: { kind: 'SALE_SUSPENDED' } }));
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain('5 days');
  expect(await market.control.buy({ body: { product: 'saas-yearly' } })).toMatchObject({ status: 409 });
  const calls = market.seller.calls.length;
  await advance(market, 'P3D');
  expect(market.seller.calls).toHaveLength(calls);
});

test('a day without a failed probe begins the count anew', async () => {
  const market = await startMarket();
  await atMidnight(market);
  await saveCase(market, { interface: 'newInstance' });
  for (const days of [4, 4]) {
    market.seller.answer((response) => says(response, '000005'));
    await advance(market, `P${days}D`);
    market.seller.answer(takesIt);
    await advance(market, 'P1D');
  }
  expect(await listing(market, 'saas')).toMatchObject({ sale: 'ON_SALE' });
  await advance(market, 'P1D');
  expect(await listing(market, 'saas')).toMatchObject({ consecutiveProbeFailureDays: 0, sale: 'ON_SALE' });
});

test('one failed probe of the two makes a failed day', async () => {
  const market = await startMarket();
  await atMidnight(market);
  await saveCase(market, { interface: 'newInstance' });
  let probe = 0;
  market.seller.answer((response, call, index) =>
    probe++ % 2 === 0 ? says(response, '000005') : takesIt(response, call, index),
  );
  await advance(market, 'P5D');
  expect(await listing(market, 'saas')).toMatchObject({ consecutiveProbeFailureDays: 5, sale: 'SUSPENDED' });
});

test('an operator who puts a listing on sale again begins its count anew', async () => {
  const market = await startMarket();
  await atMidnight(market);
  await saveCase(market, { interface: 'newInstance' });
  market.seller.answer((response) => says(response, '000005'));
  await advance(market, 'P5D');
  ok(await market.control.setSale({ params: { listing: 'saas' }, body: { sale: 'ON_SALE' } }));
  expect(await listing(market, 'saas')).toMatchObject({ consecutiveProbeFailureDays: 0, sale: 'ON_SALE' });
  await advance(market, 'P4D');
  expect(await listing(market, 'saas')).toMatchObject({ consecutiveProbeFailureDays: 4, sale: 'ON_SALE' });
});

test('a year of probes leaves two weeks of messages', { timeout: 60_000 }, async () => {
  const market = await startMarket();
  await atMidnight(market);
  const { id } = await saveCase(market, { interface: 'newInstance' });
  await advance(market, 'P365D');
  expect(market.seller.calls).toHaveLength(1 + 730);
  const probes = await probesOf(market);
  expect(probes.length).toBeGreaterThanOrEqual(28);
  expect(probes.length).toBeLessThanOrEqual(29);
  expect(ok(await market.control.debuggingCase({ params: { id } })).lastRun).toMatchObject({ succeeded: true });
});
