import { AuthSync } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { advance, ok } from '../running-market.ts';
import { says, takesIt } from '../stub-seller.ts';
import { brought, browser } from './browser.ts';
import { joined, jointMarket, kitCalls, pathOf } from './kit-market.ts';

async function enterprise(form: Parameters<typeof jointMarket>[0] = {}) {
  const { market, application } = await jointMarket(form);
  const order = await joined(market);
  const { tenantId } = order;
  type Body = Parameters<typeof market.control.changeUsers>[0]['body'];
  const change = (how: Body['change'], ...users: Body['users']) =>
    market.control.changeUsers({ params: { tenantId }, body: { change: how, users } });
  const told = () => kitCalls(market, 'authSync').map(({ message }) => message);
  const list = async () => ok(await market.control.users({ params: { tenantId }, query: {} }));
  return { market, application, order, tenantId, change, told, list };
}

test('authorising tells the users, and shows new passwords once', async () => {
  const { market, application, order, tenantId, change, told, list } = await enterprise();
  const done = ok(
    await change('authorize', { userName: 'zhang', role: 'admin', email: 'zhang@example.com' }, { userName: 'li' }),
  );
  expect(done.users).toEqual([
    { userName: 'zhang', password: expect.stringMatching(/^[\w-]{32}$/) },
    { userName: 'li', password: expect.stringMatching(/^[\w-]{32}$/) },
  ]);
  const [message] = told();
  expect(AuthSync.parse(message)).toMatchObject({
    flag: 1,
    appId: application.appId,
    instanceId: order.instanceId,
    tenantId,
    testFlag: false,
    userList: [
      { userName: 'zhang', name: 'zhang', orgCode: '10000', role: 'admin', enable: 'true', email: 'zhang@example.com' },
      { userName: 'li', name: 'li', orgCode: '10000', role: 'user', enable: 'true' },
    ],
  });
  expect(message?.['currentSyncTime']).toBe(message?.['timeStamp']);
  expect(await list()).toMatchObject([{ userName: 'li' }, { userName: 'zhang' }]);
  const again = ok(await change('authorize', { userName: 'zhang' }));
  expect(again.users).toEqual([{ userName: 'zhang', password: null }]);
  const shown = JSON.stringify([await list(), ok(await market.control.messages({ query: {} }))]);
  expect(shown).not.toContain(done.users[0]?.password);
});

test.each([
  ['modify', 2],
  ['withdraw', 3],
  ['delete', 0],
] as const)('%s is told with the flag %d and whole users', async (how, flag) => {
  const { change, told, list } = await enterprise();
  ok(await change('authorize', { userName: 'zhang', mobile: '123' }));
  ok(await change(how, { userName: 'zhang', name: 'Zhang San' }));
  const name = how === 'modify' ? 'Zhang San' : 'zhang';
  expect(told()[1]).toMatchObject({ flag, userList: [{ userName: 'zhang', name, mobile: '123', role: 'user' }] });
  expect(await list()).toHaveLength(how === 'modify' ? 1 : 0);
});

test('who was withdrawn keeps the account, who was deleted does not', async () => {
  const { change } = await enterprise();
  ok(await change('authorize', { userName: 'zhang' }, { userName: 'li' }));
  ok(await change('withdraw', { userName: 'zhang' }));
  ok(await change('delete', { userName: 'li' }));
  const back = ok(await change('authorize', { userName: 'zhang' }, { userName: 'li' }));
  expect(back.users).toEqual([
    { userName: 'zhang', password: null },
    { userName: 'li', password: expect.any(String) },
  ]);
});

test('a list with one user who cannot be changed changes nobody', async () => {
  const { change, told, list } = await enterprise();
  expect(await change('withdraw', { userName: 'nobody' })).toMatchObject({ status: 404 });
  ok(await change('authorize', { userName: 'zhang' }));
  expect(await change('modify', { userName: 'zhang', name: 'x' }, { userName: 'nobody' })).toMatchObject({
    status: 404,
  });
  expect(await change('authorize', { userName: 'li', orgCode: 'none' })).toMatchObject({ status: 404 });
  expect(await change('authorize', { userName: 'li' }, { userName: 'li' })).toMatchObject({ status: 400 });
  expect(await list()).toMatchObject([{ userName: 'zhang', name: 'zhang' }]);
  expect(told()).toHaveLength(1);
});

test('every order that is bound to the enterprise is told', async () => {
  const { market, change, told, order } = await enterprise({ multiInstance: true });
  const second = await joined(market);
  ok(await change('authorize', { userName: 'zhang' }));
  expect(told().map(({ instanceId }) => instanceId)).toEqual([order.instanceId, second.instanceId]);
});

test('the buyer’s users log in, and no longer once they are withdrawn or disabled', async () => {
  const { market, application, tenantId, change } = await enterprise();
  const [user] = ok(await change('authorize', { userName: 'zhang' })).users;
  const filledIn = { tenant: 'customer-v0', account: 'zhang', password: user?.password ?? '' };
  const logIn = () => browser(market.url).logIn(application.unifiedLogin, filledIn);
  expect(brought(await logIn())['tenant']).toBe(tenantId);
  ok(await change('modify', { userName: 'zhang', enable: 'false' }));
  expect((await logIn()).status).toBe(403);
  ok(await change('modify', { userName: 'zhang', enable: 'true' }));
  ok(await change('withdraw', { userName: 'zhang' }));
  expect((await logIn()).status).toBe(403);
});

test('a newer word on a user ends the repetitions of an older one, and those of the others go on', async () => {
  const { market, change, told } = await enterprise();
  market.seller.answer((response) => says(response, '000005'));
  ok(await change('authorize', { userName: 'zhang' }, { userName: 'li' }));
  ok(await change('withdraw', { userName: 'zhang' }));
  const before = told().length;
  market.seller.answer(takesIt);
  await advance(market, 'P1D');
  const later = told().slice(before);
  expect(later.map(({ flag, userList }) => [flag, userList])).toEqual([
    [1, [expect.objectContaining({ userName: 'li' })]],
    [3, [expect.objectContaining({ userName: 'zhang' })]],
  ]);
});

test('who was never told is added, not modified, with what is true by then', async () => {
  const { market, change, told } = await enterprise();
  market.seller.answer((response) => says(response, '000005'));
  ok(await change('authorize', { userName: 'zhang' }, { userName: 'li' }));
  const before = told().length;
  market.seller.answer(takesIt);
  ok(await change('modify', { userName: 'zhang', name: 'Zhang San' }));
  await advance(market, 'P1D');
  expect(told().slice(before)).toMatchObject([
    { flag: 1, userList: [{ userName: 'zhang', name: 'Zhang San' }, { userName: 'li' }] },
  ]);
});

test('what there is not is a 404, and an enterprise without the application a 409', async () => {
  const { market, tenantId, order } = await enterprise();
  const body = { change: 'authorize' as const, users: [{ userName: 'zhang' }] };
  expect(await market.control.changeUsers({ params: { tenantId: 'none' }, body })).toMatchObject({ status: 404 });
  ok(await market.control.unsubscribeInstance({ params: { id: order.instanceId ?? '' }, body: {} }));
  expect(await market.control.changeUsers({ params: { tenantId }, body })).toMatchObject({ status: 409 });
  expect(kitCalls(market).filter((call) => pathOf(call) === 'authSync')).toEqual([]);
});
