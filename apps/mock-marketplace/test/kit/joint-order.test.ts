import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { advance, ok, ordered } from '../running-market.ts';
import { says, takesIt } from '../stub-seller.ts';
import {
  decrypted,
  heardKit,
  joined,
  jointMarket,
  kitCalls,
  loginUrl,
  pathOf,
  publicPem,
  sellWith,
} from './kit-market.ts';

const forgetting = async (form: Parameters<typeof jointMarket>[0] = {}) => {
  const { market, application } = await jointMarket(form);
  const before = market.seller.calls.length;
  const heard = () => heardKit(market).slice(before);
  return { market, application, heard, told: (name: string) => kitCalls(market, name).slice(1) };
};

test('an opened instance is bound: tenant, application, organisation, each with its instance and tenant', async () => {
  const { market, application, heard, told } = await forgetting();
  const { orderId, instanceId, tenant } = await joined(market);
  expect(heard()).toEqual(['tenantSync 1', 'applicationSync 1', 'allOrgSync']);
  expect(
    market.seller.calls.slice(3).map(({ message, path }) => message['activity'] ?? path.split('/').at(-1)),
  ).toEqual(['newInstance', 'queryInstance', 'tenantSync', 'applicationSync', 'allOrgSync']);
  const shared = { instanceId, tenantId: tenant?.tenantId, testFlag: 0 };
  expect(told('tenantSync')[0]?.message).toMatchObject({
    ...shared,
    orderId,
    name: 'Customer of level V0',
    tenantCode: 'customer-v0',
    domainName: market.url,
  });
  expect(told('applicationSync')[0]?.message).toMatchObject({ ...shared, appId: application.appId });
  expect(told('allOrgSync')[0]?.message).toMatchObject(shared);
  expect(tenant?.bindings).toMatchObject([{ instanceId, orderId, step: 'BOUND' }]);
  expect(kitCalls(market).every(({ token }) => token.ok)).toBe(true);
});

test('each tenant has a client of its own', async () => {
  const { market, told } = await forgetting();
  await joined(market, 'customer-v0');
  await joined(market, 'customer-v1');
  const [first, second] = told('applicationSync').map(({ message }) => message);
  expect(first?.['clientId']).not.toBe(second?.['clientId']);
  expect(decrypted(first?.['clientSecret'])).not.toBe(decrypted(second?.['clientSecret']));
});

test('a product without a credential, and one of another kind, are not bound', async () => {
  const { market, heard } = await forgetting();
  await sellWith(market, null);
  await joined(market);
  await ordered(market);
  expect(heard()).toEqual([]);
});

test('with multi-instance binding a customer’s orders share a tenant and its client', async () => {
  const { market, told } = await forgetting({ multiInstance: true });
  const [one, two] = [await joined(market), await joined(market)];
  expect(two.tenantId).toBe(one.tenantId);
  const [first, second] = told('applicationSync').map(({ message }) => message);
  expect(second).toMatchObject({ clientId: first?.['clientId'], clientSecret: first?.['clientSecret'] });
  expect(second?.['instanceId']).not.toBe(first?.['instanceId']);
});

test('without it each order has a tenant of its own', async () => {
  const { market } = await forgetting();
  const [one, two] = [await joined(market), await joined(market)];
  expect(two.tenantId).not.toBe(one.tenantId);
  expect(two.tenant?.tenantCode).toBe('customer-v0-2');
});

test('each call waits for the success of the one before it, five calls two minutes apart, or a restart by hand', async () => {
  const { market, heard } = await forgetting();
  market.seller.answer((response, call, index) =>
    pathOf(call) === 'tenantSync' ? says(response, '000005') : takesIt(response, call, index),
  );
  const { subscription, tenant } = await joined(market);
  expect(tenant?.bindings[0]?.step).toBe('TENANT');
  await advance(market, 'PT7M');
  expect(heard()).toHaveLength(4);
  await advance(market, 'P1D');
  expect(heard()).toEqual(Array(5).fill('tenantSync 1'));
  const [message] = ok(await market.control.messages({ query: { subject: subscription, activity: 'tenantSync' } }));
  expect(message).toMatchObject({ status: 'STOPPED', command: 'ADD', retries: { done: 4, limit: 4 } });
  market.seller.answer(takesIt);
  ok(await market.control.restart({ params: { id: message?.id ?? '' }, body: {} }));
  expect(heard().slice(5)).toEqual(['tenantSync 1', 'applicationSync 1', 'allOrgSync']);
  ok(await market.control.restart({ params: { id: message?.id ?? '' }, body: {} }));
  expect(heard().slice(8)).toEqual(['tenantSync 1']);
});

test('a release dissolves: the instance, the tenant, the application', async () => {
  const { market } = await forgetting();
  const { instanceId = '', orderId, tenantId } = await joined(market);
  const before = market.seller.calls.length;
  ok(await market.control.unsubscribeInstance({ params: { id: instanceId }, body: {} }));
  const calls = market.seller.calls.slice(before);
  expect(calls.map(({ message, path }) => message['activity'] ?? path.split('/').at(-1))).toEqual([
    'releaseInstance',
    'tenantSync',
    'applicationSync',
  ]);
  expect(calls[1]?.message).toMatchObject({ instanceId, orderId, tenantId, flag: 0 });
  expect(calls[2]?.message).toMatchObject({ instanceId, tenantId, flag: 0 });
  expect(ok(await market.control.tenant({ params: { tenantId } }))).toMatchObject({ bindings: [], applications: [] });
});

test('a release ends what was still to be told, and nothing comes back after it', async () => {
  const { market } = await forgetting();
  market.seller.answer((response, call, index) =>
    pathOf(call) === 'tenantSync' && call.message['flag'] === 1
      ? says(response, '000005')
      : takesIt(response, call, index),
  );
  const { instanceId = '', subscription } = await joined(market);
  ok(await market.control.unsubscribeInstance({ params: { id: instanceId }, body: {} }));
  const before = market.seller.calls.length;
  market.seller.answer(takesIt);
  await advance(market, 'P1D');
  expect(market.seller.calls).toHaveLength(before);
  const [added] = ok(await market.control.messages({ query: { subject: subscription, activity: 'tenantSync' } }));
  expect(added).toMatchObject({ status: 'STOPPED', note: 'superseded by tenantSync DELETE' });
  ok(await market.control.restart({ params: { id: added?.id ?? '' }, body: {} }));
  expect(market.seller.calls).toHaveLength(before + 1);
});

test('a release also ends what was still to be told of users and departments', async () => {
  const { market } = await forgetting();
  const { instanceId = '', subscription, tenantId } = await joined(market);
  const params = { tenantId };
  market.seller.answer((response, call, index) =>
    /Sync$/.test(call.path) ? says(response, '000005') : takesIt(response, call, index),
  );
  ok(await market.control.changeUsers({ params, body: { change: 'authorize', users: [{ userName: 'zhang' }] } }));
  ok(await market.control.syncDepartments({ params, body: {} }));
  const department = { change: 'add' as const, orgCode: 's', orgName: 'Sales' };
  ok(await market.control.changeDepartment({ params, body: department }));
  ok(await market.control.unsubscribeInstance({ params: { id: instanceId }, body: {} }));
  const waiting = ok(await market.control.messages({ query: { subject: subscription, status: 'RETRYING' } }));
  expect(waiting.map(({ activity, command }) => `${activity} ${command}`)).toEqual([
    'tenantSync DELETE',
    'applicationSync DELETE',
  ]);
});

test('a change of the enterprise while it is being bound starts nothing twice', async () => {
  const { market, heard } = await forgetting();
  market.seller.answer((response, call, index) =>
    pathOf(call) === 'applicationSync' ? says(response, '000005') : takesIt(response, call, index),
  );
  const { tenantId } = await joined(market);
  ok(await market.control.saveTenant({ params: { tenantId }, body: { name: 'Renamed' } }));
  expect(heard()).toEqual(['tenantSync 1', 'applicationSync 1', 'tenantSync 2']);
  market.seller.answer(takesIt);
  await advance(market, 'P1D');
  expect(heard().slice(3)).toEqual(['applicationSync 1', 'allOrgSync']);
});

test('the freed enterprise takes the customer’s next order, with another client', async () => {
  const { market, told } = await forgetting();
  const first = await joined(market);
  ok(await market.control.unsubscribeInstance({ params: { id: first.instanceId ?? '' }, body: {} }));
  const second = await joined(market);
  expect(second.tenantId).toBe(first.tenantId);
  const clients = told('applicationSync').map(({ message }) => message['clientId']);
  expect(new Set(clients).size).toBe(2);
});

test('a shared tenant keeps its client until its last order is released', async () => {
  const { market } = await forgetting({ multiInstance: true });
  const [one, two] = [await joined(market), await joined(market)];
  ok(await market.control.unsubscribeInstance({ params: { id: one.instanceId ?? '' }, body: {} }));
  const left = ok(await market.control.tenant({ params: { tenantId: two.tenantId } }));
  expect(left.bindings).toMatchObject([{ instanceId: two.instanceId }]);
  expect(left.applications).toHaveLength(1);
});

test('the tenants of buyers get a secret for another public key when their orders are updated', async () => {
  const { market, application, told } = await forgetting();
  const { tenantId } = await joined(market);
  const next = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const body = { name: 'x', loginUrl, publicKey: publicPem(next.publicKey) };
  ok(await market.control.saveApplication({ params: { appId: application.appId }, body }));
  expect(told('applicationSync').map(({ message }) => message['tenantId'])).toEqual([tenantId, application.testTenant]);
  ok(await market.control.updateTenantApplication({ params: { tenantId }, body: {} }));
  const last = told('applicationSync').at(-1)?.message;
  expect(last).toMatchObject({ tenantId, flag: 2 });
  expect(decrypted(last?.['clientSecret'], 'sha256', next.privateKey)).toMatch(/^[\w-]{32}$/);
});

test('an order that is bound after another public key came gets a secret for it, and so do those before it', async () => {
  const { market, application, told } = await forgetting({ multiInstance: true });
  const first = await joined(market);
  const next = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const body = { name: 'x', loginUrl, publicKey: publicPem(next.publicKey), multiInstance: true };
  ok(await market.control.saveApplication({ params: { appId: application.appId }, body }));
  const before = told('applicationSync').length;
  const second = await joined(market);
  const calls = told('applicationSync')
    .slice(before)
    .map(({ message }) => message);
  expect(calls).toMatchObject([
    { instanceId: second.instanceId, flag: 1 },
    { instanceId: first.instanceId, flag: 2 },
  ]);
  const [one, two] = calls.map((message) => decrypted(message['clientSecret'], 'sha256', next.privateKey));
  expect(one).toBe(two);
});

test('a renamed enterprise is told with its name and domain', async () => {
  const { market, told } = await forgetting();
  const { tenantId, instanceId } = await joined(market);
  const done = ok(await market.control.saveTenant({ params: { tenantId }, body: { name: 'Renamed' } }));
  expect(done).toMatchObject({ tenant: { name: 'Renamed' }, messages: [expect.stringMatching(/^\d+$/)] });
  expect(told('tenantSync').at(-1)?.message).toMatchObject({
    flag: 2,
    name: 'Renamed',
    instanceId,
    domainName: market.url,
  });
});

test('an enterprise that was never taken is added under its new name, and its binding goes on', async () => {
  const { market, heard, told } = await forgetting();
  market.seller.answer((response, call, index) =>
    pathOf(call) === 'tenantSync' ? says(response, '000005') : takesIt(response, call, index),
  );
  const { tenantId } = await joined(market);
  await advance(market, 'P1D');
  const before = heard().length;
  market.seller.answer(takesIt);
  ok(await market.control.saveTenant({ params: { tenantId }, body: { name: 'Renamed' } }));
  expect(heard().slice(before)).toEqual(['tenantSync 1', 'applicationSync 1', 'allOrgSync']);
  expect(told('tenantSync').at(-1)?.message).toMatchObject({ name: 'Renamed' });
});

test('a product cannot be sold with a credential that there is not', async () => {
  const { market } = await forgetting();
  const joint = ok(await market.control.products()).find(({ product }) => product === 'saas-joint-yearly');
  if (joint === undefined) throw new Error('nothing joint is sold');
  const saved = await market.control.saveProduct({
    params: { product: joint.product },
    body: { ...joint, application: 'none' },
  });
  expect(saved.status).toBe(404);
});
