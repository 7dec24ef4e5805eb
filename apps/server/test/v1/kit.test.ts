import { kitActivities, signAuthTokenBody } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { newKey } from '../credentials.ts';
import { kitKeyPair } from '../kit/key-pair.ts';
import { application, authorization, department, organisation, tenant, user } from '../kit/messages.ts';
import { dataOf, recordsOf, tenantRows } from '../kit/records.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { v1On } from './instance.ts';
import { beijing, timeStampOf, v1Store } from './store.ts';

const pair = kitKeyPair();
const secrets: (string | null)[] = [];
const seller = sharedSeller({
  environment: { ...v1On, KIT_PRIVATE_KEY: pair.pem },
  handlers: {
    provisioning: {
      'application.synced': (_event, { clientSecret }) => {
        secrets.push(clientSecret);
      },
    },
  },
});

/** A message without the time that messages of 2.0 come with: the sender sets one that is signed. */
const timed = ({ timeStamp: _, ...message }: Readonly<Record<string, unknown>>) => message;
const v1OrgInfo = (orgCode: string) => ({ orgCode, name: `Department ${orgCode}`, parentCode: '' });
const v1Organisation = (tenantId: string, orgInfo: unknown) => {
  const { orgInfoList: _, ...rest } = timed(organisation(tenantId, []));
  return { ...rest, orgInfo };
};

const post: ReturnType<typeof v1Store>['post'] = (...call) => v1Store(seller()).post(...call);
const success = { status: 200, resultCode: '000000', bodySign: { ok: true } };

describe('each interface of the Kit of V1', () => {
  test('tenantSync adds and deletes, and never modifies', async () => {
    expect(await post('tenantSync', timed(tenant('T-1')))).toMatchObject(success);
    expect(await dataOf(seller(), 'T-1', 'tenant')).toMatchObject([{ name: 'Acme Werke' }]);
    expect(await post('tenantSync', timed(tenant('T-1', { flag: 2 })))).toMatchObject({ resultCode: '000002' });
    expect(await post('tenantSync', timed(tenant('T-1', { flag: 0 })))).toMatchObject(success);
    expect(await post('tenantSync', timed(tenant('T-1', { flag: 0 })))).toMatchObject(success);
    expect(await recordsOf(seller(), 'T-1')).toEqual([]);
  });

  test('applicationSync hands over the secret', async () => {
    const message = timed(application('T-2', pair.encrypt('secret of V1', 'sha1')));
    expect(await post('applicationSync', message)).toMatchObject(success);
    await expect.poll(() => secrets).toEqual(['secret of V1']);
    expect(await post('applicationSync', { ...message, clientSecret: 'shut' })).toMatchObject({ resultCode: '000002' });
    expect(await post('applicationSync', { ...message, flag: 0 })).toMatchObject(success);
    await expect.poll(() => secrets).toEqual(['secret of V1', null]);
  });

  test('authSync takes its list as a text, of at most 500', async () => {
    const users = (count: number) => JSON.stringify(Array.from({ length: count }, (_, index) => user(`u${index}`)));
    expect(await post('authSync', timed(authorization('T-3', users(500))))).toMatchObject(success);
    expect(await dataOf(seller(), 'T-3', 'user')).toHaveLength(500);
    const answer = await post('authSync', timed(authorization('T-3', users(501))));
    expect(answer).toMatchObject({ resultCode: '000002', resultMsg: expect.stringMatching(/^userList: /) });
    expect(await post('authSync', timed(authorization('T-3', users(500), { flag: 0 })))).toMatchObject(success);
    expect(await recordsOf(seller(), 'T-3')).toEqual([]);
  });

  test('singleOrgSync, also with a doubled, equal instanceId (R5)', async () => {
    expect(await post('singleOrgSync', timed(department('T-4', '1')))).toMatchObject(success);
    const timeStamp = timeStampOf(seller().clock.now + beijing);
    const body = JSON.stringify({ ...department('T-4', '2'), timeStamp });
    const doubled = `{"instanceId":"instance-of-acme",${body.slice(1)}`;
    expect(await post('singleOrgSync', doubled)).toMatchObject(success);
    expect(await dataOf(seller(), 'T-4', 'department')).toHaveLength(2);
    const unequal = `{"instanceId":"another",${body.slice(1).replace('Department', 'Unequal')}`;
    expect(await post('singleOrgSync', unequal)).toMatchObject({
      resultCode: '000002',
      resultMsg: expect.stringMatching(/^instanceId: /),
    });
    expect(await post('singleOrgSync', unequal)).toMatchObject({ resultCode: '000001' });
  });

  test('allOrgSync calls its list orgInfo and a department’s name name', async () => {
    const list = [v1OrgInfo('1'), v1OrgInfo('2')];
    expect(await post('allOrgSync', v1Organisation('T-5', JSON.stringify(list)))).toMatchObject(success);
    expect(await post('allOrgSync', v1Organisation('T-5', list))).toMatchObject(success);
    expect(await dataOf(seller(), 'T-5', 'department')).toEqual([
      { orgCode: '1', orgName: 'Department 1', parentCode: '' },
      { orgCode: '2', orgName: 'Department 2', parentCode: '' },
    ]);
    const answer = await post('allOrgSync', v1Organisation('T-5', [{ ...v1OrgInfo('3'), name: '' }]));
    expect(answer.resultMsg).toMatch(/^orgInfo\.0\.name: /);
  });
});

describe('its token (R25)', () => {
  const message = timed(tenant('T-6'));

  test('is quoted or bare, and signs the values, whatever the body’s spelling', async () => {
    const timeStamp = timeStampOf(seller().clock.now - 5_000 + beijing);
    const compact = JSON.stringify({ ...message, timeStamp });
    const spaced = JSON.stringify({ timeStamp, ...message }, null, 2);
    const authToken = signAuthTokenBody(v1Store(seller()).key.secret, compact);
    expect(await post('tenantSync', spaced, { authToken: `"${authToken}"` })).toMatchObject(success);
    expect(await post('tenantSync', compact, { authToken })).toMatchObject({ resultCode: '000001' });
  });

  test('is refused without a trace when it is missing, malformed, wrong, of another class or too old', async () => {
    const before = [await readLedger(seller().database), await tenantRows(seller().database)];
    for (const [code, oddities] of [
      ['000002', { authToken: null }],
      ['000002', { authToken: '' }],
      ['000002', { authToken: 'abc' }],
      ['000001', { authToken: Buffer.alloc(32).toString('base64') }],
      ['000001', { key: newKey('theirs') }],
      ['000001', { key: seller().config.keys.kit[0] ?? newKey('none') }],
      ['000001', { time: seller().clock.now - 600_001 }],
      ['000001', { time: seller().clock.now + 600_001 }],
      // As if its time were UTC.
      ['000001', { time: seller().clock.now - beijing }],
    ] as const) {
      expect(await post('tenantSync', message, oddities)).toMatchObject({ resultCode: code, bodySign: { ok: true } });
    }
    expect([await readLedger(seller().database), await tenantRows(seller().database)]).toEqual(before);
  });

  test('an older call changes nothing', async () => {
    const at = (ago: number) => ({ time: seller().clock.now - ago });
    expect(await post('tenantSync', { ...message, tenantId: 'T-7', name: 'Newer' }, at(1_000))).toMatchObject(success);
    expect(await post('tenantSync', { ...message, tenantId: 'T-7', flag: 0 }, at(2_000))).toMatchObject(success);
    expect(await dataOf(seller(), 'T-7', 'tenant')).toMatchObject([{ name: 'Newer' }]);
  });
});

test('both generations of the Kit are about the same tenants', async () => {
  await post('tenantSync', timed(tenant('T-8')));
  expect((await tenantRows(seller().database)).filter(({ tenant_id }) => tenant_id === 'T-8')).toHaveLength(1);
  expect(Object.keys(kitActivities)).toHaveLength(5);
});
