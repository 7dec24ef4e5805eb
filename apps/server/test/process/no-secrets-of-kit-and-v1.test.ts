import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeyRings, type KitActivityName } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { credentials, newKey } from '../credentials.ts';
import { kitKeyPair } from '../kit/key-pair.ts';
import { application, authorization, department, organisation, orgInfo, tenant, user } from '../kit/messages.ts';
import { kitStore } from '../kit/store.ts';
import { temporaryDirectory } from '../seller.ts';
import { everyActivity } from '../v1/messages.ts';
import { v1Store } from '../v1/store.ts';
import { startServerProcess } from './server-process.ts';

const clientSecret = 'the-clientSecret-in-clear';

test('no key, secret or buyer’s data of Kit and V1 in the log, an answer, a page or the database', async () => {
  const directory = temporaryDirectory();
  const pair = kitKeyPair();
  const environment = {
    ...credentials(),
    PORT: '0',
    DATABASE_URL: `sqlite:${join(directory, 'server.db')}`,
    LOG_LEVEL: 'debug',
    V1_ENABLED: 'true',
    KIT_PRIVATE_KEY: pair.pem,
    EVENTS_URL: 'http://127.0.0.1:9/events',
    EVENTS_SECRET: `whsec_${Buffer.from('no event leaves with this secret').toString('base64')}`,
  };
  const keys = KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS));
  const server = await startServerProcess(environment);
  const called = {
    url: server.url,
    config: { keys, productionPath: '/production' },
    clock: {
      get now() {
        return Date.now();
      },
    },
  };
  const [kit, v1] = [kitStore(called), v1Store(called)];
  const heard: string[] = [];
  const hear = async (answer: Promise<{ readonly text: string }>) => heard.push((await answer).text);

  const sealed = pair.encrypt(clientSecret);
  const calls: readonly (readonly [KitActivityName, Readonly<Record<string, unknown>>])[] = [
    ['tenantSync', tenant('T-1')],
    ['applicationSync', application('T-1', sealed)],
    ['applicationSync', application('T-1', kitKeyPair().encrypt(clientSecret))],
    ['applicationSync', application('T-1', clientSecret, { flag: 7 })],
    ['authSync', authorization('T-1', [user('zhangsan')])],
    ['authSync', authorization('T-1', [user('zhangsan', { role: 'zhangsan' })])],
    ['singleOrgSync', department('T-1', '1')],
    ['allOrgSync', organisation('T-1', [orgInfo('1')])],
  ];
  for (const [name, message] of calls) {
    await hear(kit.send(name, message));
    await hear(kit.send(name, message, { key: newKey('theirs') }));
    await hear(kit.send(name, message, { nonce: 'once' }));
    await hear(v1.post(name, message));
    await hear(v1.post(name, message, { key: newKey('theirs') }));
  }
  const buyer = { customerName: 'zhangsan', userName: 'zhangsan', mobilePhone: 'zhangsan', email: 'zhangsan' };
  for (const more of [buyer, { ...buyer, testFlag: '1' }, { ...buyer, testFlag: 'x' }]) {
    for (const parameters of Object.values(everyActivity('an-instance', more))) {
      await hear(v1.get(parameters));
      await hear(v1.get(parameters, { key: newKey('theirs') }));
      await hear(v1.get(parameters, { time: 0 }));
    }
  }

  const Authorization = `Bearer ${environment.KOOBRIDGE_ADMIN_TOKEN}`;
  const pages = ['/metrics', '/openapi/production.json', '/openapi/admin.json', '/openapi/store.json'];
  const views = [
    '/admin/callbacks?limit=200',
    '/admin/events?state=waiting',
    '/admin/instances?attention=provisioning',
  ];
  const shown: string[] = [];
  for (const path of [...pages, '/reference', ...views]) {
    const response = await fetch(server.url + path, { headers: { Authorization } });
    shown.push(JSON.stringify([...response.headers]), await response.text());
  }
  const ofTenant = await (await fetch(`${server.url}/admin/tenants/T-1`, { headers: { Authorization } })).text();
  await expect.poll(server.output).toContain('event not delivered');
  server.child.kill('SIGTERM');
  const { output } = await server.ended;

  const files = readdirSync(directory).map((name) => readFileSync(join(directory, name)));
  const isKept = (text: string) => files.some((bytes) => bytes.includes(text));
  expect(isKept('T-1')).toBe(true);
  expect(ofTenant).toContain('zhangsan');
  expect(shown.join('')).toContain('applicationSync');

  const inPem = pair.pem.split('\n').filter((line) => line.length > 40);
  const secrets = [
    ...Object.values(keys).flatMap((ring) => ring.map((key) => key.secret)),
    ...[environment.KOOBRIDGE_ADMIN_TOKEN, environment.STORAGE_KEY, environment.EVENTS_SECRET.slice('whsec_'.length)],
    ...[clientSecret, sealed, inPem[0] ?? pair.pem, inPem.at(-1) ?? pair.pem],
  ];
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(15);
    expect(output).not.toContain(secret);
    expect([...heard, ...shown, ofTenant].join('\n')).not.toContain(secret);
    expect(isKept(secret)).toBe(false);
  }
  for (const personal of ['zhangsan', 'acme-code', 'Acme Werke']) {
    expect(output).not.toContain(personal);
    expect([...heard, ...shown].join('\n')).not.toContain(personal);
    expect(isKept(personal)).toBe(false);
  }
}, 30_000);
