import { type KitActivityName, mockOrderIds } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import type { Message } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { application, authorization, department, organisation, orgInfo, tenant, user } from './messages.ts';
import { recordsOf, tenantRows } from './records.ts';
import { kitStore } from './store.ts';

const heard: string[] = [];
const hear = ({ type }: { readonly type: string }) => {
  heard.push(type);
};
const seller = sharedSeller({
  handlers: {
    provisioning: {
      'tenant.synced': hear,
      'application.synced': hear,
      'users.synced': hear,
      'department.synced': hear,
      'departments.synced': hear,
    },
  },
});

const cases = (tenantId: string, testFlag: unknown): readonly (readonly [KitActivityName, Message])[] => [
  ...[1, 2, 0].map((flag) => ['tenantSync', tenant(tenantId, { flag, testFlag })] as const),
  ...[1, 2, 0].map((flag) => ['applicationSync', application(tenantId, 'test', { flag, testFlag })] as const),
  ...[1, 2, 0, 3].map((flag) => ['authSync', authorization(tenantId, [user('lin')], { flag, testFlag })] as const),
  ...[1, 2, 0].map((flag) => ['singleOrgSync', department(tenantId, '1', { flag, testFlag })] as const),
  ['allOrgSync', organisation(tenantId, [orgInfo('1')], { testFlag })],
];

describe('debugging traffic is answered plainly and leaves its receipt alone (R12)', () => {
  test.each([1, '1'])('testFlag %j, with and without what is real beside it', async (testFlag) => {
    const { send } = kitStore(seller());
    const before = heard.length;
    expect((await send('tenantSync', tenant('T-real'))).resultCode).toBe('000000');
    await expect.poll(() => heard.slice(before)).toEqual(['tenant.synced']);
    const [rows, told] = [await tenantRows(seller().database), [...heard]];
    for (const tenantId of ['T-real', 'T-debug']) {
      for (const [name, message] of [...cases(tenantId, testFlag), ...cases(tenantId, testFlag).toReversed()]) {
        expect((await send(name, message)).resultCode).toBe('000000');
        expect((await readLedger(seller().database)).receipts.at(-1)).toMatchObject({ activity: name, hashed: 1 });
      }
    }
    expect(await tenantRows(seller().database)).toEqual(rows);
    expect(await recordsOf(seller(), 'T-debug')).toEqual([]);
    // An event of the debugging traffic would have come before this one.
    await send('singleOrgSync', department('T-debug', '1', { flag: 0 }));
    await expect.poll(() => heard.slice(told.length)).toEqual(['department.synced']);
  });

  test('an order of the debugging page, whatever testFlag says', async () => {
    const { send } = kitStore(seller());
    for (const orderId of mockOrderIds) {
      expect((await send('tenantSync', tenant('T-mock', { orderId }))).resultCode).toBe('000000');
    }
    expect(await recordsOf(seller(), 'T-mock')).toEqual([]);
  });

  test('its token and its members are checked all the same', async () => {
    const { send } = kitStore(seller());
    const message = tenant('T-debug', { testFlag: 1 });
    expect((await send('tenantSync', { ...message, flag: 9 })).resultCode).toBe('000002');
    expect((await send('tenantSync', message, { timestamp: seller().clock.now - 60_001 })).resultCode).toBe('000001');
    expect((await send('tenantSync', message, { nonce: 'debug' })).resultCode).toBe('000000');
    expect((await send('tenantSync', message, { nonce: 'debug' })).resultCode).toBe('000001');
  });
});
