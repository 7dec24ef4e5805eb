import { expect, test } from 'vitest';
import { kitActions } from '../../src/kit/actions.ts';
import { foundTenant } from '../../src/kit/bind.ts';
import { answering, memoryMarket } from '../memory-market.ts';
import { ok } from '../running-market.ts';
import { joined, jointMarket, kitCalls, loginUrl, publicKey } from './kit-market.ts';

async function enterprise() {
  const { market, application } = await jointMarket();
  const { tenantId } = await joined(market);
  const post = async (path: string, body: string) =>
    (await fetch(`${market.url}/control${path}`, { method: 'POST', body })).status;
  return { market, application, tenantId, post };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ userName: `user-${index}` }));

test.each([
  ['no user', { change: 'authorize', users: [] }],
  ['too many', { change: 'authorize', users: many(501) }],
  ['a name that no UTF-8 can carry', { change: 'authorize', users: [{ userName: '\ud800' }] }],
  ['an empty name', { change: 'authorize', users: [{ userName: '' }] }],
  ['a role there is not', { change: 'authorize', users: [{ userName: 'a', role: 'root' }] }],
  ['a boolean for the text', { change: 'authorize', users: [{ userName: 'a', enable: true }] }],
  ['a password of its own', { change: 'authorize', users: [{ userName: 'a', password: 'mine' }] }],
  ['another change', { change: 'promote', users: [{ userName: 'a' }] }],
])('a list of users with %s is a 400 and tells nobody', async (_, body) => {
  const { market, tenantId, post } = await enterprise();
  expect(await post(`/tenants/${tenantId}/users`, JSON.stringify(body))).toBe(400);
  expect(kitCalls(market, 'authSync')).toEqual([]);
});

test.each(["x'; DROP TABLE kitUsers; --", '__proto__', 'constructor', '用户', '<script>', ' ', 'a@b'])(
  'a user may be called %s',
  async (userName) => {
    const { market, tenantId } = await enterprise();
    const params = { tenantId };
    ok(await market.control.changeUsers({ params, body: { change: 'authorize', users: [{ userName }] } }));
    expect(ok(await market.control.users({ params, query: {} }))).toMatchObject([{ userName }]);
    const [call] = kitCalls(market, 'authSync');
    expect(call?.token.ok).toBe(true);
    expect(call?.message['userList']).toMatchObject([{ userName, name: userName }]);
  },
);

test('the most users of one call are told in one', async () => {
  const { market, tenantId } = await enterprise();
  const params = { tenantId };
  ok(await market.control.changeUsers({ params, body: { change: 'authorize', users: many(500) } }));
  expect(kitCalls(market, 'authSync')).toHaveLength(1);
  const page = ok(await market.control.users({ params, query: { limit: 200, after: 'user-1' } }));
  expect(page).toHaveLength(200);
  expect(page[0]?.userName).toBe('user-10');
});

test('one enterprise takes a thousand departments and no more', async () => {
  const market = memoryMarket(
    Date.UTC(2027, 0, 1),
    answering(() => true),
  );
  const { kit } = market.parts.records;
  const act = kitActions(market);
  foundTenant(kit, { tenantId: 't', tenantCode: 't', customer: null, number: 1, name: 'T' });
  const named = (index: number) => ({ orgCode: `d${index}`, orgName: `D${index}`, parentCode: '' });
  for (let index = 2; index < 1000; index += 1) kit.saveDepartment('t', named(index));
  expect(await act.changeDepartment('t', { change: 'add', ...named(1000) })).toMatchObject({ ok: true });
  const more = await act.changeDepartment('t', { change: 'add', ...named(1001) });
  expect(more).toEqual({ ok: false, refusal: 'too-many-departments' });
  expect(kit.departments('t')).toHaveLength(1000);
});

test.each([
  ['a name without end', { name: 'x'.repeat(129) }],
  ['a method there is not', { authMethod: 'SAML' }],
  ['a hash there is not', { oaepHash: 'MD5' }],
  ['a member that nobody asked for', { secret: 'mine' }],
])('a credential with %s is a 400', async (_, change) => {
  const { market, post } = await enterprise();
  const body = { name: 'x', loginUrl: `${loginUrl}2`, publicKey, ...change };
  expect(await post('/applications', JSON.stringify(body))).toBe(400);
  expect(ok(await market.control.applications({ query: {} }))).toHaveLength(1);
});
