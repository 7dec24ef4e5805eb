import { SingleOrgSync } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { advance, ok } from '../running-market.ts';
import { says, takesIt } from '../stub-seller.ts';
import { joined, jointMarket, kitCalls, pathOf } from './kit-market.ts';

async function enterprise() {
  const { market } = await jointMarket();
  const { tenantId, instanceId } = await joined(market);
  const params = { tenantId };
  type Body = Parameters<typeof market.control.changeDepartment>[0]['body'];
  const change = (body: Body) => market.control.changeDepartment({ params, body });
  const told = () => kitCalls(market, 'singleOrgSync').map(({ message }) => message);
  const list = async () => ok(await market.control.departments({ params }));
  return { market, params, instanceId, change, told, list };
}

const root = { orgCode: '10000', orgName: 'Head office', parentCode: '' };
const sales = { orgCode: 's', orgName: 'Sales', parentCode: '10000' };

test('a department is added, changed and deleted, each told with its flag', async () => {
  const { instanceId, params, change, told, list } = await enterprise();
  ok(await change({ change: 'add', ...sales }));
  ok(await change({ change: 'modify', orgCode: 's', orgName: 'Markets' }));
  expect(await list()).toEqual([root, { ...sales, orgName: 'Markets' }]);
  ok(await change({ change: 'delete', orgCode: 's' }));
  expect(told()).toMatchObject([
    { flag: 1, ...sales },
    { flag: 2, ...sales, orgName: 'Markets' },
    { flag: 0, ...sales, orgName: 'Markets' },
  ]);
  for (const message of told()) {
    expect(SingleOrgSync.safeParse(message).success).toBe(true);
    expect(message).toMatchObject({ ...params, instanceId });
  }
  expect(await list()).toEqual([root]);
});

test('the whole organisation is passed on', async () => {
  const { market, params, change } = await enterprise();
  ok(await change({ change: 'add', ...sales }));
  ok(await market.control.syncDepartments({ params, body: {} }));
  expect(kitCalls(market, 'allOrgSync').at(-1)?.message['orgInfoList']).toEqual([root, sales]);
});

test.each([
  ['an orgCode twice', { change: 'add', orgCode: '10000', orgName: 'Other' }, 409],
  ['a name twice on one level', { change: 'add', orgCode: 'x', orgName: 'Head office' }, 409],
  ['a parent that there is not', { change: 'add', orgCode: 'x', orgName: 'X', parentCode: 'none' }, 404],
  ['itself as its parent', { change: 'add', orgCode: 'x', orgName: 'X', parentCode: 'x' }, 422],
  ['a parent that lies below it', { change: 'modify', orgCode: '10000', parentCode: 's' }, 422],
  ['a change of what there is not', { change: 'modify', orgCode: 'none' }, 404],
  ['the end of what there is not', { change: 'delete', orgCode: 'none' }, 404],
  ['the end of a parent', { change: 'delete', orgCode: '10000' }, 409],
  ['no name', { change: 'add', orgCode: 'x', orgName: '' }, 400],
] as const)('%s is refused, and nothing is told', async (_, body, status) => {
  const { change, told, list } = await enterprise();
  ok(await change({ change: 'add', ...sales }));
  expect(await change(body)).toMatchObject({ status, body: { error: expect.stringMatching(/\S/) } });
  expect(await list()).toEqual([root, sales]);
  expect(told()).toHaveLength(1);
});

test('a department with users is not deleted', async () => {
  const { market, params, change } = await enterprise();
  ok(await change({ change: 'add', ...sales }));
  const users = [{ userName: 'zhang', orgCode: 's' }];
  ok(await market.control.changeUsers({ params, body: { change: 'authorize', users } }));
  expect(await change({ change: 'delete', orgCode: 's' })).toMatchObject({ status: 409 });
});

test('while the organisation is still to be told, it is told anew, and before that nothing is', async () => {
  const { market } = await jointMarket();
  let broken = 'allOrgSync';
  market.seller.answer((response, call, index) =>
    pathOf(call) === broken ? says(response, '000005') : takesIt(response, call, index),
  );
  const { tenantId } = await joined(market);
  const params = { tenantId };
  const before = market.seller.calls.length;
  ok(await market.control.changeDepartment({ params, body: { change: 'add', ...sales } }));
  expect(market.seller.calls.slice(before).map(pathOf)).toEqual(['allOrgSync', 'singleOrgSync']);
  market.seller.answer(takesIt);
  await advance(market, 'P1D');
  const later = market.seller.calls.slice(before + 2);
  expect(later.map(({ message }) => message['orgInfoList'])).toEqual([[root, sales]]);
  expect(ok(await market.control.tenant({ params })).bindings[0]?.step).toBe('BOUND');

  broken = 'tenantSync';
  market.seller.answer((response, call, index) =>
    pathOf(call) === broken ? says(response, '000005') : takesIt(response, call, index),
  );
  const other = { tenantId: (await joined(market, 'customer-v1')).tenantId };
  const silent = market.seller.calls.length;
  ok(await market.control.changeDepartment({ params: other, body: { change: 'add', ...sales } }));
  expect(market.seller.calls).toHaveLength(silent);
});

test('a department that was never told is added, not modified', async () => {
  const { market, change, told } = await enterprise();
  market.seller.answer((response) => says(response, '000005'));
  ok(await change({ change: 'add', ...sales }));
  market.seller.answer(takesIt);
  ok(await change({ change: 'modify', orgCode: 's', orgName: 'Markets' }));
  await advance(market, 'P1D');
  expect(told().slice(1)).toMatchObject([{ flag: 1, orgName: 'Markets' }]);
});

test('a whole organisation that is told again does not bring back what was deleted meanwhile', async () => {
  const { market, params, change } = await enterprise();
  ok(await change({ change: 'add', ...sales }));
  market.seller.answer((response) => says(response, '000005'));
  ok(await market.control.syncDepartments({ params, body: {} }));
  market.seller.answer(takesIt);
  ok(await change({ change: 'delete', orgCode: 's' }));
  await advance(market, 'P1D');
  const lists = kitCalls(market, 'allOrgSync').map(({ message }) => message['orgInfoList']);
  expect(lists.slice(-2)).toEqual([[root, sales], [root]]);
  expect(market.seller.calls.at(-1)?.message).toMatchObject({ orgCode: 's', flag: 0 });
});
