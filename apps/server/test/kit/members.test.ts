import type { KitActivityName } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import type { Message } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { application, authorization, department, organisation, orgInfo, tenant, user } from './messages.ts';
import { tenantRows } from './records.ts';
import { kitStore } from './store.ts';

const seller = sharedSeller();

const messages: Readonly<Record<KitActivityName, Message>> = {
  tenantSync: tenant('T-1'),
  applicationSync: application('T-1', 'whatever', { flag: 0 }),
  authSync: authorization('T-1', [user('lin')]),
  singleOrgSync: department('T-1', '1'),
  allOrgSync: organisation('T-1', [orgInfo('1')]),
};

const limits: Readonly<Record<KitActivityName, Readonly<Record<string, number>>>> = {
  tenantSync: { tenantId: 64, tenantCode: 64, name: 255, domainName: 255 },
  applicationSync: { tenantId: 64, appId: 64, clientId: 64 },
  authSync: { tenantId: 64, appId: 64 },
  singleOrgSync: { tenantId: 64, orgCode: 64, orgName: 128 },
  allOrgSync: { tenantId: 64 },
};
const texts = Object.entries(limits).flatMap(([name, members]) =>
  // the keys are those of the record
  Object.entries(members).map(([member, limit]) => [name as KitActivityName, member, limit] as const),
);

/** Refused, with the member's name first, and nothing changed but the receipt. */
async function refused(name: KitActivityName, member: string, message: Message | string): Promise<void> {
  const before = (await readLedger(seller().database)).receipts.length;
  const rows = await tenantRows(seller().database);
  const sent = typeof message === 'string' ? message : JSON.stringify(message);
  const answer = await kitStore(seller()).send(name, sent);
  expect(answer).toMatchObject({ status: 200, resultCode: '000002' });
  expect(answer.resultMsg.startsWith(`${member}: `), answer.resultMsg).toBe(true);
  expect(await tenantRows(seller().database)).toEqual(rows);
  expect((await readLedger(seller().database)).receipts.slice(before)).toMatchObject([
    { activity: name, result_code: '000002' },
  ]);
}

describe('a mandatory member (R10)', () => {
  test.each(texts)('of %s: %s missing, null, empty, of another type, or too long', async (name, member, limit) => {
    for (const value of [undefined, null, '', 1, true, [], {}, 'x'.repeat(limit + 1), '\u{1F600}'.repeat(limit)]) {
      await refused(name, member, { ...messages[name], [member]: value });
    }
    const longest = { ...messages[name], [member]: 'x'.repeat(limit) };
    expect((await kitStore(seller()).send(name, longest)).resultCode).toBe('000000');
  });

  test.each(['tenantSync', 'singleOrgSync', 'allOrgSync', 'authSync', 'applicationSync'] as const)(
    'of %s: an instanceId may be empty, but neither long nor of another type',
    async (name) => {
      for (const value of ['x'.repeat(65), 1, {}]) {
        await refused(name, 'instanceId', { ...messages[name], instanceId: value });
      }
    },
  );
});

describe('flag, testFlag and times', () => {
  test.each([
    ['tenantSync', [0, 1, 2]],
    ['applicationSync', [0, 1, 2]],
    ['authSync', [0, 1, 2, 3]],
    ['singleOrgSync', [0, 1, 2]],
  ] as const)('%s takes the flags %j', async (name, flags) => {
    for (const flag of [-1, 0.5, 3, 4, '1', true, null, undefined]) {
      if (!flags.some((known) => known === flag)) await refused(name, 'flag', { ...messages[name], flag });
    }
  });

  test.each(Object.keys(messages) as KitActivityName[])('%s', async (name) => {
    // the keys are those of the record
    for (const testFlag of ['2', 2, true, 'yes', [], {}]) {
      await refused(name, 'testFlag', { ...messages[name], testFlag });
    }
    for (const timeStamp of [undefined, null, '', 1, '20260115200000', '20260230000000000', 'x'.repeat(17)]) {
      await refused(name, 'timeStamp', { ...messages[name], timeStamp });
    }
  });
});

describe('what a list holds', () => {
  test.each([
    ['userList.0.userName', { userName: '' }],
    ['userList.0.userName', { userName: 'x'.repeat(65) }],
    ['userList.0.name', { name: null }],
    ['userList.0.orgCode', { orgCode: undefined }],
    ['userList.0.role', { role: 'king' }],
    ['userList.0.enable', { enable: true }],
    ['userList.0.mobile', { mobile: 'x'.repeat(33) }],
    ['userList.0.email', { email: 'x'.repeat(129) }],
    ['userList.0.employeeType', { employeeType: 5 }],
    ['userList.0.extension', { extension: 'x' }],
  ])('%s: %j', async (member, more) => {
    const users = [user('lin', more), user('mei')];
    await refused('authSync', member, authorization('T-1', users));
    await refused('authSync', member, authorization('T-1', JSON.stringify(users)));
  });

  test.each([
    ['orgInfoList.1.orgCode', { orgCode: '' }],
    ['orgInfoList.1.orgName', { orgName: 'x'.repeat(129) }],
    ['orgInfoList.1.parentCode', { parentCode: 1 }],
  ])('%s: %j', (member, more) =>
    refused('allOrgSync', member, organisation('T-1', [orgInfo('1'), orgInfo('2', more)])),
  );

  test.each([1, null, 'x', []])('%j is neither a user nor a department', async (entry) => {
    await refused('authSync', 'userList.0', authorization('T-1', [entry]));
    await refused('allOrgSync', 'orgInfoList.0', organisation('T-1', [entry]));
  });
});

test('members that nobody knows are ignored', async () => {
  for (const [name, message] of Object.entries(messages)) {
    const sent = { ...message, futureMember: { deep: [1] } };
    expect((await kitStore(seller()).send(name as KitActivityName, sent)).resultCode).toBe('000000'); // as above
  }
});

test('what a refusal says quotes nothing personal', async () => {
  const { send } = kitStore(seller());
  const answer = await send('authSync', authorization('T-1', [user('zhangsan', { role: 'zhangsan', mobile: 4711 })]));
  expect(answer.resultCode).toBe('000002');
  expect(answer.text).not.toMatch(/zhangsan|4711/);
});
