import { sortMembers } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { sharedSeller } from '../seller.ts';
import { application, authorization, department, organisation, tenant, user } from './messages.ts';
import { recordsOf, tenantRows } from './records.ts';
import { kitStore } from './store.ts';

const seller = sharedSeller();

/** A body with one more member in front. */
const doubled = (message: object, member: string): string => `{${member},${JSON.stringify(message).slice(1)}`;

describe('singleOrgSync with a doubled instanceId, as its page prints it (R5)', () => {
  test('equal: accepted, in both readings', async () => {
    const body = doubled(department('T-1', '1'), '"instanceId": "instance-of-acme"');
    const { send, headers } = kitStore(seller());
    expect((await send('singleOrgSync', body)).resultCode).toBe('000000');
    const sorted = sortMembers(body) ?? '';
    expect(sorted).not.toBe(body);
    expect((await send('singleOrgSync', body, { headers: headers(sorted) })).resultCode).toBe('000000');
    expect(await recordsOf(seller(), 'T-1')).toHaveLength(1);
  });

  test.each([
    ['unequal', 'instanceId', doubled(department('T-2', '1'), '"instanceId":"another"')],
    ['another member, though equal', 'tenantId', doubled(department('T-2', '1'), '"tenantId":"T-2"')],
    ['a nested one', 'instanceId', doubled(department('T-2', '1'), '"x":{"instanceId":"a","instanceId":"a"}')],
    ['an escaped name', 'instanceId', doubled(department('T-2', '1'), '"instanceI\\u0064":"another"')],
  ])('%s: refused', async (_name, member, body) => {
    const answer = await kitStore(seller()).send('singleOrgSync', body);
    expect(answer).toMatchObject({ resultCode: '000002', resultMsg: expect.stringContaining(`${member}: `) });
    expect(await recordsOf(seller(), 'T-2')).toEqual([]);
  });
});

test.each([
  ['tenantSync', tenant('T-3')],
  ['applicationSync', application('T-3', 'whatever', { flag: 0 })],
  ['authSync', authorization('T-3', [user('lin')])],
  ['allOrgSync', organisation('T-3', [])],
] as const)('%s with a doubled instanceId, though equal, is refused', async (name, message) => {
  const before = await tenantRows(seller().database);
  const answer = await kitStore(seller()).send(name, doubled(message, '"instanceId":"instance-of-acme"'));
  expect(answer).toMatchObject({ resultCode: '000002', resultMsg: expect.stringContaining('instanceId: ') });
  expect(await tenantRows(seller().database)).toEqual(before);
});
