import { createHash } from 'node:crypto';
import { composeBody, kitActivities } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { databaseBytes } from '../database.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { kitKeyPair } from './key-pair.ts';
import { application, authorization, department, organisation, orgInfo, tenant, user } from './messages.ts';
import { recordsOf } from './records.ts';
import { kitStore } from './store.ts';

const pair = kitKeyPair();
const webhook = {
  EVENTS_URL: 'http://127.0.0.1:9/events',
  EVENTS_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}`,
};
const seller = sharedSeller({ environment: { KIT_PRIVATE_KEY: pair.pem, ...webhook } });
const secret = 'the-secret-in-clear';
const sealed = pair.encrypt(secret);

/** What may stand nowhere but in the call itself and, but for the secret, behind the bearer token of /admin. */
const personal = [
  ...[
    'zhangsan',
    'Person zhangsan',
    'mobile-of-zhangsan',
    'zhangsan@acme-mail.example',
    'Pförtner',
    'W-4711',
    'Nanjing',
  ],
  ...['Acme Werke', 'acme-code', 'acme-domain.example', 'Department of secrets'],
  ...[secret, 'client-of-acme', sealed],
];

const somebody = user('zhangsan', {
  position: 'Pförtner',
  employeeCode: 'W-4711',
  extension: { workPlace: 'Nanjing' },
});
const calls = [
  ['tenantSync', tenant('T-1')],
  ['applicationSync', application('T-1', sealed)],
  ['authSync', authorization('T-1', [somebody])],
  ['singleOrgSync', department('T-1', '1', { orgName: 'Department of secrets' })],
  ['allOrgSync', organisation('T-1', [orgInfo('1', { orgName: 'Department of secrets' })])],
] as const;

test('of a Kit call the database keeps nothing personal in clear, not even in an event that waits (R27)', async () => {
  const { send } = kitStore(seller());
  for (const [name, message] of calls) expect((await send(name, message)).resultCode).toBe('000000');
  // What is refused is kept no more readably than what is taken.
  await send('authSync', authorization('T-1', [{ ...somebody, role: 'king' }]));
  await send('applicationSync', application('T-1', kitKeyPair().encrypt(secret)));
  await send('authSync', `{"zhangsan":`);
  expect(await recordsOf(seller(), 'T-1')).toHaveLength(4);

  const bytes = await databaseBytes(seller().database);
  expect(bytes.includes('T-1')).toBe(true);
  expect(bytes.includes('users.synced')).toBe(true);
  for (const each of personal) expect(bytes.includes(each), each).toBe(false);
  const digestOfName = createHash('sha256').update('zhangsan').digest('hex');
  expect(bytes.includes(digestOfName), 'a digest without a key, which a dictionary opens').toBe(false);
});

test('its receipt holds the hash of the body alone, also over /admin', async () => {
  const message = authorization('T-2', [somebody]);
  await kitStore(seller()).send('authSync', message);
  const hash = createHash('sha256').update(composeBody(message)).digest();
  const { receipts } = await readLedger(seller().database);
  expect(receipts.at(-1)).toMatchObject({ activity: 'authSync', subject: 'instance-of-acme', hashed: 1 });
  expect(Buffer.from(receipts.at(-1)?.body ?? []).equals(hash)).toBe(true);
  const { body } = await seller().admin('/callbacks?limit=1');
  expect(body).toMatchObject({ callbacks: [{ activity: 'authSync', body: null, bodySha256: hash.toString('hex') }] });
});

test('no answer shows a secret, and only /admin/tenants what else is personal', async () => {
  const paths = ['/admin/tenants/T-1', '/admin/callbacks?limit=200', '/admin/events?state=waiting', '/metrics'];
  for (const path of paths) {
    const answer = await seller().get(path, { Authorization: `Bearer ${seller().config.adminToken}` });
    const text = await answer.text();
    expect(answer.status).toBe(200);
    for (const each of [secret, sealed]) expect(text).not.toContain(each);
    if (path === '/admin/tenants/T-1') expect(text).toContain('zhangsan@acme-mail.example');
    else for (const each of personal) expect(text, `${path}: ${each}`).not.toContain(each);
  }
});

test('a tenant is shown to nobody without the token', async () => {
  expect((await seller().get('/admin/tenants/T-1')).status).toBe(401);
  expect((await seller().get('/admin/tenants/T-1', { Authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await seller().admin('/tenants/unknown')).status).toBe(404);
});

test('the metrics count each interface by its name', async () => {
  const text = await (await seller().get('/metrics')).text();
  for (const name of Object.keys(kitActivities)) {
    expect(text).toMatch(
      new RegExp(`^koobridge_callbacks_total\\{activity="${name}",result_code="000000"\\} [1-9]`, 'm'),
    );
  }
});
