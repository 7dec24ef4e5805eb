import type { SellerEvent } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import type { Message } from '../callbacks.ts';
import { rowsOf } from '../database.ts';
import { sharedSeller, startSeller } from '../seller.ts';
import { authorization, department, organisation, orgInfo, tenant, user } from './messages.ts';
import { dataOf, recordsOf, tenantRows } from './records.ts';
import { kitStore } from './store.ts';

const seller = sharedSeller({
  environment: {
    EVENTS_URL: 'http://127.0.0.1:9/events',
    EVENTS_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}`,
  },
});

/** How many events wait for the seller's own systems. */
async function events(): Promise<number> {
  const rows = await rowsOf<{ count: number }>(seller().database, 'SELECT count(*) AS count FROM outbox');
  return Number(rows[0]?.count);
}

/** Sends a call of `ago` milliseconds before now. */
async function send(name: Parameters<ReturnType<typeof kitStore>['send']>[0], message: object, ago: number) {
  const { now } = seller().clock;
  const answer = await kitStore(seller()).send(name, { ...message }, { timestamp: now - ago });
  expect(answer.resultCode).toBe('000000');
}

test('an older change does not undo a newer one, and nobody hears of it', async () => {
  await send('tenantSync', tenant('T-1', { name: 'Newer' }), 1_000);
  const [rows, told] = [await tenantRows(seller().database), await events()];
  await send('tenantSync', tenant('T-1', { name: 'Older' }), 1_001);
  await send('tenantSync', tenant('T-1', { flag: 0 }), 30_000);
  expect(await tenantRows(seller().database)).toEqual(rows);
  expect(await events()).toBe(told);
  await send('tenantSync', tenant('T-1', { name: 'Newest' }), 999);
  expect(await dataOf(seller(), 'T-1', 'tenant')).toMatchObject([{ name: 'Newest' }]);
  expect(await events()).toBe(told + 1);
});

test('what was deleted is not brought back by an older call', async () => {
  await send('singleOrgSync', department('T-2', '1', { flag: 0 }), 1_000);
  await send('singleOrgSync', department('T-2', '1'), 2_000);
  expect(await recordsOf(seller(), 'T-2')).toEqual([]);
  await send('singleOrgSync', department('T-2', '1'), 500);
  expect(await recordsOf(seller(), 'T-2')).toHaveLength(1);
});

test('the event of a call that was overtaken in part tells only what took effect', async () => {
  const heard: SellerEvent[] = [];
  const note = (event: SellerEvent) => void heard.push(event);
  const listening = await startSeller({
    handlers: { provisioning: { 'users.synced': note, 'departments.synced': note } },
  });
  const sendTo = (name: Parameters<ReturnType<typeof kitStore>['send']>[0], message: Message, ago: number) =>
    kitStore(listening).send(name, message, { timestamp: listening.clock.now - ago });
  await sendTo('authSync', authorization('T-4', [user('lin')], { flag: 3 }), 1_000);
  await sendTo('authSync', authorization('T-4', [user('lin')]), 2_000);
  await sendTo('authSync', authorization('T-4', [user('lin'), user('mei')]), 2_000);
  await sendTo('authSync', authorization('T-4', []), 0);
  await sendTo('singleOrgSync', department('T-4', '1', { flag: 0 }), 1_000);
  await sendTo('allOrgSync', organisation('T-4', [orgInfo('1')]), 2_000);
  await sendTo('allOrgSync', organisation('T-4', [orgInfo('1'), orgInfo('2')]), 2_000);
  await expect.poll(() => heard.length).toBe(3);
  expect(heard.map(({ data }) => data)).toMatchObject([
    { change: 'cancelled', users: [{ userName: 'lin' }] },
    { change: 'added', users: [{ userName: 'mei' }] },
    { departments: [{ orgCode: '2' }] },
  ]);
  const users = heard.flatMap(({ data }) => ('users' in data ? data.users : []));
  expect(users).toHaveLength(2);
});

test('each department and user is overtaken by itself', async () => {
  await send('singleOrgSync', department('T-3', '1', { orgName: 'Newer' }), 1_000);
  await send('allOrgSync', organisation('T-3', [orgInfo('1'), orgInfo('2')]), 2_000);
  const names = (await dataOf(seller(), 'T-3', 'department')).map((data) => data['orgName']);
  expect(names).toEqual(['Newer', 'Department 2']);
  await send('authSync', authorization('T-3', [user('lin')], { flag: 3 }), 1_000);
  await send('authSync', authorization('T-3', [user('lin'), user('mei')]), 2_000);
  expect((await dataOf(seller(), 'T-3', 'user')).map((data) => data['userName'])).toEqual(['mei']);
});
