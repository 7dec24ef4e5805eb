import { describe, expect, test } from 'vitest';
import { sharedSeller } from '../seller.ts';
import { kitKeyPair } from './key-pair.ts';
import { application, authorization, department, instanceId, organisation, orgInfo, tenant, user } from './messages.ts';
import { dataOf, recordsOf } from './records.ts';
import { kitStore } from './store.ts';

const pair = kitKeyPair();
const seller = sharedSeller({ environment: { KIT_PRIVATE_KEY: pair.pem } });

/** Sends, a moment after what was sent before, and expects success. */
async function done(...[name, message]: Parameters<ReturnType<typeof kitStore>['send']>): Promise<void> {
  seller().clock.now += 1;
  const answer = await kitStore(seller()).send(name, message);
  expect(answer).toMatchObject({ status: 200, resultCode: '000000' });
  expect(JSON.parse(answer.text)).toEqual({ resultCode: '000000', resultMsg: answer.resultMsg });
}

describe('tenantSync', () => {
  const told = (name: string) => ({
    orderId: 'CS-acme',
    tenantCode: 'acme-code',
    name,
    domainName: 'https://acme-domain.example',
  });

  test('adds, modifies and deletes; each may be repeated', async () => {
    await done('tenantSync', tenant('T-1'));
    await done('tenantSync', tenant('T-1'));
    expect(await recordsOf(seller(), 'T-1')).toEqual([{ instanceId, kind: 'tenant', data: told('Acme Werke') }]);
    await done('tenantSync', tenant('T-1', { flag: 2, name: 'Acme Neu' }));
    expect(await dataOf(seller(), 'T-1', 'tenant')).toEqual([told('Acme Neu')]);
    await done('tenantSync', tenant('T-1', { flag: 0 }));
    await done('tenantSync', tenant('T-1', { flag: 0 }));
    expect(await recordsOf(seller(), 'T-1')).toEqual([]);
    await done('tenantSync', tenant('T-1'));
    expect(await dataOf(seller(), 'T-1', 'tenant')).toEqual([told('Acme Werke')]);
  });

  test('is known by instance and tenant: one buyer binds a product twice', async () => {
    await done('tenantSync', tenant('T-2'));
    await done('tenantSync', tenant('T-2', { instanceId: 'another', name: 'Acme Zwei' }));
    expect((await recordsOf(seller(), 'T-2')).map(({ instanceId: id }) => id).sort()).toEqual(['another', instanceId]);
    await done('tenantSync', tenant('T-2', { flag: 0 }));
    expect((await recordsOf(seller(), 'T-2')).map(({ instanceId: id }) => id)).toEqual(['another']);
  });

  test.each([
    ['empty', { instanceId: '', orderId: '' }],
    ['null', { instanceId: null, orderId: null }],
    ['absent', { instanceId: undefined, orderId: undefined }],
  ])('while a seller applies for a credential, instance and order are %s (R10)', async (name, ids) => {
    await done('tenantSync', JSON.stringify(tenant(`T-${name}`, ids)));
    expect(await recordsOf(seller(), `T-${name}`)).toMatchObject([{ instanceId: '', data: { orderId: '' } }]);
  });
});

describe('applicationSync', () => {
  test('adds, modifies and deletes; /admin never shows the secret', async () => {
    await done('applicationSync', application('A-1', pair.encrypt('first secret')));
    await done('applicationSync', application('A-1', pair.encrypt('first secret')));
    expect(await recordsOf(seller(), 'A-1')).toEqual([
      { instanceId, kind: 'application', data: { appId: 'app-1', clientId: 'client-of-acme' } },
    ]);
    await done('applicationSync', application('A-1', pair.encrypt('second secret'), { flag: 2, clientId: 'client-2' }));
    expect(await dataOf(seller(), 'A-1', 'application')).toEqual([{ appId: 'app-1', clientId: 'client-2' }]);
    await done('applicationSync', application('A-1', 'whatever', { flag: 0 }));
    await done('applicationSync', application('A-1', 'whatever', { flag: 0 }));
    expect(await recordsOf(seller(), 'A-1')).toEqual([]);
  });

  test('several applications of one tenant stand side by side', async () => {
    await done('applicationSync', application('A-2', pair.encrypt('one')));
    await done('applicationSync', application('A-2', pair.encrypt('two'), { appId: 'app-2' }));
    await done('applicationSync', application('A-2', 'whatever', { flag: 0 }));
    expect(await recordsOf(seller(), 'A-2')).toHaveLength(1);
  });
});

describe('authSync', () => {
  const names = async (tenantId: string) =>
    (await dataOf(seller(), tenantId, 'user')).map((data) => data['userName']).sort();

  test.each([
    ['deletes', 0],
    ['cancels', 3],
  ])('adds, modifies and %s users; each may be repeated', async (word, flag) => {
    const id = `U-${word}`;
    await done('authSync', authorization(id, [user('lin'), user('mei')]));
    await done('authSync', authorization(id, [user('lin')]));
    expect(await names(id)).toEqual(['lin', 'mei']);
    await done('authSync', authorization(id, [user('lin', { role: 'admin' })], { flag: 2 }));
    expect(await dataOf(seller(), id, 'user')).toContainEqual({ appId: 'app-1', ...user('lin', { role: 'admin' }) });
    await done('authSync', authorization(id, [user('lin'), user('nobody')], { flag }));
    await done('authSync', authorization(id, [user('lin')], { flag }));
    expect(await names(id)).toEqual(['mei']);
  });

  test('a user may use one application and no longer another', async () => {
    await done('authSync', authorization('U-2', [user('lin')]));
    await done('authSync', authorization('U-2', [user('lin')], { appId: 'app-2' }));
    await done('authSync', authorization('U-2', [user('lin')], { flag: 3 }));
    expect((await dataOf(seller(), 'U-2', 'user')).map((data) => data['appId'])).toEqual(['app-2']);
  });
});

describe('singleOrgSync', () => {
  test('adds, modifies, moves and deletes a department; each may be repeated', async () => {
    await done('singleOrgSync', department('D-1', '10000'));
    await done('singleOrgSync', department('D-1', '10000'));
    const moved = { orgName: '开发部', parentCode: '265789314' };
    await done('singleOrgSync', department('D-1', '10000', { flag: 2, ...moved }));
    expect(await dataOf(seller(), 'D-1', 'department')).toEqual([{ orgCode: '10000', ...moved }]);
    await done('singleOrgSync', department('D-1', '10000', { flag: 0 }));
    await done('singleOrgSync', department('D-1', '10000', { flag: 0 }));
    expect(await recordsOf(seller(), 'D-1')).toEqual([]);
  });
});

describe('allOrgSync', () => {
  const codes = async (tenantId: string) =>
    (await dataOf(seller(), tenantId, 'department')).map((data) => data['orgCode']).sort();

  test('sets every department it names, again and again, and deletes none', async () => {
    await done('allOrgSync', organisation('O-1', [orgInfo('1'), orgInfo('2')]));
    await done('allOrgSync', organisation('O-1', [orgInfo('1'), orgInfo('2')]));
    expect(await codes('O-1')).toEqual(['1', '2']);
    await done('allOrgSync', organisation('O-1', [orgInfo('2', { orgName: 'Renamed' }), orgInfo('3')]));
    expect(await codes('O-1')).toEqual(['1', '2', '3']);
    await done('singleOrgSync', department('O-1', '1', { flag: 0 }));
    expect(await codes('O-1')).toEqual(['2', '3']);
  });

  test('of an enterprise without departments', async () => {
    await done('allOrgSync', organisation('O-2', []));
    expect(await codes('O-2')).toEqual([]);
  });
});

test('deleting what was never there is success in all of them (R19)', async () => {
  const gone = { flag: 0 };
  await done('tenantSync', tenant('never', gone));
  await done('applicationSync', application('never', 'whatever', gone));
  await done('authSync', authorization('never', [user('nobody')], gone));
  await done('authSync', authorization('never', [user('nobody')], { flag: 3 }));
  await done('singleOrgSync', department('never', '1', gone));
  expect(await recordsOf(seller(), 'never')).toEqual([]);
});

test('a tenant’s id may hold what a path has to escape', async () => {
  await done('tenantSync', tenant('T/%?#ü'));
  expect(await recordsOf(seller(), 'T/%?#ü')).toHaveLength(1);
});
