import { expect, test } from 'vitest';
import { sharedSeller } from '../seller.ts';
import { authorization, organisation, orgInfo, user } from './messages.ts';
import { dataOf } from './records.ts';
import { kitStore } from './store.ts';

const seller = sharedSeller();

const users = [user('lin'), user('mei', { extension: { workPlace: '南京' } })];
const departments = [orgInfo('1'), orgInfo('2', { orgName: '测试部' })];

test.each([
  ['an array', (list: unknown) => list],
  ['a text that holds JSON', (list: unknown) => JSON.stringify(list)],
  ['such a text with blanks', (list: unknown) => JSON.stringify(list, null, 2)],
])('a list comes as %s (R10)', async (name, write) => {
  const { send } = kitStore(seller());
  expect((await send('authSync', authorization(`U ${name}`, write(users)))).resultCode).toBe('000000');
  expect((await send('allOrgSync', organisation(`O ${name}`, write(departments)))).resultCode).toBe('000000');
  const kept = await dataOf(seller(), `U ${name}`, 'user');
  expect(kept).toHaveLength(2);
  for (const each of users) expect(kept).toContainEqual({ appId: 'app-1', ...each });
  expect(await dataOf(seller(), `O ${name}`, 'department')).toEqual(departments);
});

test('a list that repeats a member is refused for that, and not for its form', async () => {
  const { send } = kitStore(seller());
  for (const list of ['[{"orgCode":"1","orgCode":"1"}]', '[{orgCode:"1",orgCode:"1"}]']) {
    const { resultCode, resultMsg } = await send('allOrgSync', organisation('none', list));
    expect([resultCode, resultMsg]).toEqual(['000002', 'orgInfoList: must not repeat a member in one of its entries']);
  }
});

test('a list as the store’s page prints it, with bare names and in a body that is neither compact nor sorted', async () => {
  const body =
    '{"instanceId": "hua******t123456","tenantId": "68cbc8******b880d92f36422fa0e","orgInfoList": ' +
    '"[{orgCode:\\"00000001\\", orgName:\\"产品部\\", parentCode:\\"265789314\\" },' +
    '{orgCode:\\"00000002\\", orgName:\\"测试部\\", parentCode:\\"265789314\\" }]",' +
    '"flag": 1,"testFlag": 0,"timeStamp": "20220413093539534"}';
  expect((await kitStore(seller()).send('allOrgSync', body)).resultCode).toBe('000000');
  expect(await dataOf(seller(), '68cbc8******b880d92f36422fa0e', 'department')).toEqual([
    { orgCode: '00000001', orgName: '产品部', parentCode: '265789314' },
    { orgCode: '00000002', orgName: '测试部', parentCode: '265789314' },
  ]);
});

test.each(['', 'text', '{}', '[', '[{"a":1,"a":1}]', 1, null, {}])('%j is no list', async (list) => {
  const { send } = kitStore(seller());
  for (const [name, message, member] of [
    ['authSync', authorization('none', list), 'userList'],
    ['allOrgSync', organisation('none', list), 'orgInfoList'],
  ] as const) {
    expect(await send(name, JSON.stringify(message))).toMatchObject({
      resultCode: '000002',
      resultMsg: expect.stringMatching(new RegExp(`^${member}: `)),
    });
  }
});
