import { randomUUID } from 'node:crypto';
import { composeBody, KeyRings, kitPath, sdkDate, signKit } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { credentials, secret } from '../credentials.ts';
import { kitKeyPair } from '../kit/key-pair.ts';
import { application, tenant } from '../kit/messages.ts';
import { startServerProcess } from '../process/server-process.ts';
import { temporaryDirectory } from '../seller.ts';
import { startStandIn, type Told } from './http-stand-in.ts';

test('no key, secret, code or token in the log, whether a call succeeds or fails', async () => {
  const pair = kitKeyPair();
  const [sk, clientSecret, accessToken, code] = [secret(), secret(), secret(), secret()];
  const token = { access_token: accessToken, token_type: 'Bearer', expires_in: 7200, refresh_token: secret() };
  const well: Readonly<Record<string, Told>> = {
    '/api/v1/oauth2/token': [200, token],
    '/api/v1/oauth2/userinfo': [200, { userName: 'ada' }],
  };
  let fails = false;
  const outside = await startStandIn(({ target, body }) => {
    // One that fails quotes what it was sent.
    if (fails) return (response) => response.writeHead(500).end(body);
    return well[target] ?? [200, { error_code: 'MKT.0000', error_msg: 'success' }];
  });
  const environment = {
    ...credentials(),
    KIT_PRIVATE_KEY: pair.pem,
    STORE_URL: outside.url,
    STORE_AK: 'AKTEST',
    STORE_SK: sk,
    PORT: '0',
    DATABASE_URL: `sqlite:${temporaryDirectory()}/server.db`,
    LOG_LEVEL: 'debug',
  };
  const keys = KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS));
  const server = await startServerProcess(environment);
  const tell = async (name: 'tenantSync' | 'applicationSync', message: object) => {
    const body = composeBody({ ...message });
    const accessKey = keys.kit[0]?.secret ?? '';
    const headers = { ...signKit({ accessKey, body, timestamp: Date.now(), nonce: randomUUID() }) };
    await fetch(`${server.url}/production${kitPath('', name)}`, { method: 'POST', headers, body });
  };
  await tell('tenantSync', tenant('T-1', { domainName: outside.url }));
  await tell('applicationSync', application('T-1', pair.encrypt(clientSecret)));

  const statuses: number[] = [];
  const answers: string[] = [];
  const call = async (path: string, body: object) => {
    const headers = { Authorization: `Bearer ${environment.KOOBRIDGE_ADMIN_TOKEN}` };
    const response = await fetch(`${server.url}/admin${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    statuses.push(response.status);
    answers.push(await response.text());
  };
  const time = sdkDate(Date.now() - 60_000);
  const times = { record_time: time, begin_time: time, end_time: time };
  const usage = { usage_records: [{ instance_id: 'I', usage_value: 1, metering_sn: 'sn', ...times }] };
  for (fails of [false, true]) {
    await call('/usage-records', usage);
    await call('/tenants/T-1/applications/app-1/login', { code });
    await call('/tenants/T-1/applications/app-1/refresh', { refreshToken: token.refresh_token });
  }
  server.child.kill('SIGTERM');
  const { output } = await server.ended;

  expect(statuses).toEqual([200, 200, 200, 502, 502, 502]);
  const hidden = [sk, clientSecret, keys.base[0]?.secret ?? '', environment.KOOBRIDGE_ADMIN_TOKEN];
  for (const each of [...hidden, accessToken, token.refresh_token, code]) expect(output).not.toContain(each);
  for (const each of hidden) expect(answers.join('\n')).not.toContain(each);
}, 15_000);
