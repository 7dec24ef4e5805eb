import { activities, kitActivities, mockOrderIds } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { type CallName, calls } from '../../src/callbacks/calls.ts';
import { listingFor } from '../../src/debugging/listing-for.ts';
import { ok, type RunningMarket, startMarket } from '../running-market.ts';
import { says } from '../stub-seller.ts';

const names = Object.keys(calls) as CallName[]; // the keys of a literal are exactly its type's

const debug = async (market: RunningMarket, body: Parameters<RunningMarket['control']['debug']>[0]['body']) =>
  ok(await market.control.debug({ body }));

test('every interface has a documented request, signed with its own key and marked as a test', async () => {
  const market = await startMarket();
  for (const name of names) {
    const { run, case: saved } = await debug(market, { interface: name, run: true });
    expect(run, name).toMatchObject({ succeeded: true, resultCode: '000000', reason: null });
    expect(saved, name).toMatchObject({ interface: name, lastRun: { succeeded: true } });
    const call = market.seller.calls.at(-1);
    expect(call?.token, name).toMatchObject({ ok: true });
    expect(String(call?.message['testFlag']), name).toBe('1');
    const { request } = { ...activities, ...kitActivities }[name];
    expect(request.safeParse(call?.message).success, name).toBe(true);
  }
  expect(ok(await market.control.debuggingCases({ query: {} })).map((one) => one.interface)).toEqual(names);
});

test('orders of debugging calls are mock orders, each of the kind that its scene belongs to', async () => {
  const market = await startMarket();
  for (const scene of ['RENEWAL', 'RENEWAL_CHANGE', 'UNSUBSCRIBE_RENEWAL_PERIOD', 'TRIAL_TO_FORMAL']) {
    await debug(market, { interface: 'refreshInstance', members: { scene }, run: true });
  }
  for (const name of ['newInstance', 'upgradeInstance', 'releaseInstance', 'orderNotify'] as const) {
    await debug(market, { interface: name, run: true });
  }
  const orders = market.seller.calls.map(({ message }) => String(message['orderId']));
  expect(orders).toEqual([
    'MOCKMONTYRENEW',
    'MOCKMONTYRENEW',
    'MOCKMONTYUNSUBSCRIBE',
    'MOCKMONTYTRIALTOFORMAL',
    'MOCKPERIODYEARNEW',
    'MOCKMONTYCHANGE',
    'MOCKMONTYUNSUBSCRIBE',
    'MOCKPERIODYEARNEW',
  ]);
  expect(mockOrderIds).toEqual(expect.arrayContaining(orders));
});

test('a preview is the signed request as curl, without a key, and calls nobody', async () => {
  const market = await startMarket();
  const { preview, case: saved, run } = await debug(market, { interface: 'releaseLicenseCode' });
  expect(preview).toMatch(/^curl --url 'http:\/\/127\.0\.0\.1:\d+\/production\?signature=[0-9A-F]{64}&/);
  expect(preview).toContain('"activity":"releaseLicenseCode"');
  expect(preview).not.toContain('accessKey');
  expect([saved, run, market.seller.calls.length]).toEqual([null, null, 0]);
  const created = await debug(market, { interface: 'newInstance' });
  expect(created.preview).toMatch(/"businessId":"\w{32}"/);
});

test('000004 fails on the debugging page, also for a create, and what fails is not saved', async () => {
  const market = await startMarket();
  market.seller.answer((response) => says(response, '000004', 'later', { instanceId: 'i' }));
  const { case: saved, run } = await debug(market, { interface: 'newInstance', run: true });
  expect(saved).toBeNull();
  expect(run).toMatchObject({ succeeded: false, rule: 'result-code', resultCode: '000004' });
  expect(run?.reason).toContain('000000');
  expect(ok(await market.control.debuggingCases({ query: {} }))).toEqual([]);
});

test.each([
  ['result-code', '000005', undefined, 'returned the error result code "000005"'],
  ['answer-members', '000000', undefined, 'does not contain "instanceId"'],
  ['content-type', '000000', 'text/html', 'Invalid content-type format: text/html'],
] as const)('the reason of a failed call is told: %s', async (rule, code, type, words) => {
  const market = await startMarket();
  market.seller.answer((response) => {
    if (type !== undefined) response.setHeader = response.setHeader.bind(response, 'Content-Type', type) as never; // the stub sets one header only
    says(response, code);
  });
  const { run } = await debug(market, { interface: 'newInstance', run: true });
  expect(run).toMatchObject({ succeeded: false, rule, reason: expect.stringContaining(words) });
});

test('a case is run again, each time with another businessId, and stays saved when it fails', async () => {
  const market = await startMarket();
  const { case: saved } = await debug(market, { interface: 'newInstance', run: true });
  const params = { id: saved?.id ?? '' };
  expect(ok(await market.control.runDebuggingCase({ params, body: {} })).run).toMatchObject({ succeeded: true });
  market.seller.answer((response) => says(response, '000002'));
  const failed = ok(await market.control.runDebuggingCase({ params, body: {} }));
  expect(failed).toMatchObject({ run: { succeeded: false }, case: { lastRun: { succeeded: false } } });
  expect(ok(await market.control.debuggingCase({ params })).lastRun).toEqual(failed.run);
  expect(new Set(market.seller.calls.map(({ message }) => message['businessId'])).size).toBe(3);
});

test('the same request is the same case; another one is another', async () => {
  const market = await startMarket();
  const one = await debug(market, { interface: 'queryInstance', run: true });
  const same = await debug(market, { interface: 'queryInstance', run: true });
  const other = await debug(market, { interface: 'queryInstance', members: { instanceId: 'mine' }, run: true });
  expect(same.case?.id).toBe(one.case?.id);
  expect(other.case?.id).not.toBe(one.case?.id);
  expect(other.case?.members['instanceId']).toBe('mine');
  expect(ok(await market.control.debuggingCases({ query: { listing: 'saas', limit: 1 } }))).toHaveLength(1);
  const page = ok(await market.control.debuggingCases({ query: { after: one.case?.id } }));
  expect(page.map(({ id }) => id)).toEqual([other.case?.id]);
});

test('what is saved stays saved when the page runs it again and it fails', async () => {
  const market = await startMarket();
  const { case: saved } = await debug(market, { interface: 'orderNotify', run: true });
  market.seller.answer((response) => says(response, '000003'));
  const again = await debug(market, { interface: 'orderNotify', run: true });
  expect(again).toMatchObject({ run: { succeeded: false, resultCode: '000003' }, case: { id: saved?.id } });
  expect(again.case?.lastRun).toEqual(again.run);
});

test('a case is deleted', async () => {
  const market = await startMarket();
  const params = { id: (await debug(market, { interface: 'queryInstance', run: true })).case?.id ?? '' };
  expect(ok(await market.control.removeDebuggingCase({ params, body: {} })).id).toBe(params.id);
  expect(await market.control.debuggingCase({ params })).toMatchObject({ status: 404 });
  expect(await market.control.removeDebuggingCase({ params, body: {} })).toMatchObject({ status: 404 });
  expect(await market.control.runDebuggingCase({ params, body: {} })).toMatchObject({ status: 404 });
});

test.each([
  [{ interface: 'newInstance', members: { testFlag: '0' } }, 'set by the debugging page'],
  [{ interface: 'newInstance', members: { orderID: 'x' } }, 'orderId, orderLineId, businessId'],
  [{ interface: 'newInstance', members: { orderId: null } }, '"orderId"'],
  [{ interface: 'updateInstanceStatus', members: { status: 'MELT' } }, '"status"'],
  [{ interface: 'newInstance', members: { businessId: 'b'.repeat(65) } }, '"businessId"'],
  [{ interface: 'newInstance', listing: 'license' }, 'another kind'],
  [{ interface: 'tenantSync', members: { name: 'n'.repeat(256) } }, '"name"'],
  [{ interface: 'allOrgSync', members: { orgInfoList: 'n'.repeat(17_000) } }, '16384 characters'],
] as const)('what the page of the interface does not allow is refused: %j', async (body, words) => {
  const market = await startMarket();
  const answer = await market.control.debug({
    body: { ...body, members: 'members' in body ? { ...body.members } : {} },
  });
  expect(answer).toMatchObject({ status: 422, body: { error: expect.stringContaining(words) } });
  expect(market.seller.calls).toEqual([]);
});

test('a body that no writer of JSON can follow is refused', async () => {
  const market = await startMarket();
  const body = `{"interface":"changeInstanceCheck","members":{"productInfo":{"skuCode":${'['.repeat(9000)}${']'.repeat(9000)}}}}`;
  const answer = await fetch(`${market.url}/control/debugging/cases`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('16 levels')]);
  expect(market.failures).toEqual([]);
});

test('a member can be left out, and a businessId of one’s own is sent as it is', async () => {
  const market = await startMarket();
  await debug(market, { interface: 'releaseInstance', members: { orderId: null, orderLineId: null }, run: true });
  await debug(market, { interface: 'newInstance', members: { businessId: 'mine' }, run: true });
  expect(market.seller.calls.map(({ body }) => body)).toEqual([
    '{"activity":"releaseInstance","instanceId":"10e758d0-31ad-4c4b-8f1b-81d03469a10e","testFlag":"1"}',
    expect.stringContaining('"businessId":"mine"'),
  ]);
});

test('without a key of the class nothing can be signed', async () => {
  const market = await startMarket({ KOOBRIDGE_KEYS: '{"base":[{"id":"b","secret":"of-the-base"}]}' });
  const answer = await market.control.debug({ body: { interface: 'tenantSync' } });
  expect(answer).toMatchObject({ status: 409, body: { error: expect.stringContaining('"kit"') } });
  expect(JSON.stringify(answer.body)).not.toContain('of-the-base');
});

test('messages tell what they were sent for', async () => {
  const market = await startMarket();
  ok(await market.control.buy({ body: { product: 'saas-yearly' } }));
  await debug(market, { interface: 'newInstance', run: true });
  ok(await market.control.runProbes({ body: {} }));
  const purposes = async (purpose?: 'ORDER' | 'DEBUGGING' | 'PROBE') =>
    ok(await market.control.messages({ query: { purpose } })).map((message) => [message.activity, message.purpose]);
  expect(await purposes('DEBUGGING')).toEqual([['newInstance', 'DEBUGGING']]);
  expect(await purposes('PROBE')).toEqual([['newInstance', 'PROBE']]);
  expect(await purposes('ORDER')).toEqual([
    ['newInstance', 'ORDER'],
    ['queryInstance', 'ORDER'],
  ]);
  expect(await purposes()).toHaveLength(4);
});

test('a debugging call changes nothing of what was sold', async () => {
  const market = await startMarket();
  const { subscription } = ok(await market.control.buy({ body: { product: 'saas-yearly' } }));
  const before = ok(await market.control.instance({ params: { id: subscription } }));
  const instanceId = before.instanceId ?? '';
  await debug(market, { interface: 'releaseInstance', members: { instanceId }, run: true });
  await debug(market, { interface: 'updateInstanceStatus', members: { instanceId }, run: true });
  expect(ok(await market.control.instance({ params: { id: subscription } }))).toEqual(before);
});

test('each interface belongs to the listings of its kind of product', async () => {
  const market = await startMarket();
  const products = ok(await market.control.products());
  const listing = (name: CallName) => listingFor(name, undefined, products);
  expect(listing('refreshLicenseCode')).toEqual({ ok: true, listing: 'license' });
  expect(listing('newInstance')).toEqual({ ok: true, listing: 'saas' });
  expect(listing('getLicenseAsync')).toEqual({ ok: true, listing: 'online-license' });
  expect(listing('orderNotify')).toEqual({ ok: true, listing: 'saas-announced' });
  expect(listing('authSync')).toEqual({ ok: true, listing: 'saas-joint' });
  expect(listingFor('newInstance', 'online-license', products)).toMatchObject({ ok: true });
  expect(listingFor('upgradeInstance', 'online-license', products)).toMatchObject({ refusal: 'not-called-for' });
  expect(listingFor('newInstance', 'nowhere', products)).toMatchObject({ refusal: 'unknown-listing' });
});
