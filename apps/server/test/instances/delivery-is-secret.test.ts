import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeyRings } from '@koobridge/contracts';
import { expect, test } from 'vitest';
import { application, orderNotice, purchase, query, upgrade } from '../callbacks.ts';
import { credentials, secret } from '../credentials.ts';
import { startReceiver } from '../outbox/receiver.ts';
import { startServerProcess } from '../process/server-process.ts';
import { temporaryDirectory } from '../seller.ts';
import { storeCalling } from '../store.ts';
import { orderAnswer, startStore } from '../store-stand-in.ts';

test('what a buyer gets, and who the buyer is, stands in answers to the store alone (R27)', async () => {
  const directory = temporaryDirectory();
  const [password, license, refused, buyer] = [secret(), secret(), secret(), secret()];
  const appInfo = { frontEndUrl: 'https://acme.example.com', userName: 'admin', password };
  // The first delivery is not usable, so that the log has reason to speak of it.
  writeFileSync(
    join(directory, 'koobridge.config.mjs'),
    `let made = 0;
    export default { handlers: { provisioning: {
      'instance.created': () => (made++ === 0 ? { appInfo: { userName: '${refused}'.repeat(9) } } : { appInfo: ${JSON.stringify(appInfo)} }),
      'license.requested': () => ({ license: '${license}' }),
    } } };`,
  );
  const standIn = await startStore(
    {
      order(orderId, orderLineId) {
        const { orderInfo, ...rest } = orderAnswer(orderId, orderLineId, '20990101000000');
        return { ...rest, orderInfo: { ...orderInfo, buyerInfo: { customerName: buyer } } };
      },
    },
    Date.now,
  );
  const receiver = await startReceiver((response) => response.end());
  const environment = {
    ...credentials(),
    ...standIn.environment,
    EVENTS_URL: receiver.url,
    EVENTS_SECRET: receiver.secret,
    PORT: '0',
    DATABASE_URL: `sqlite:${join(directory, 'server.db')}`,
    LOG_LEVEL: 'debug',
  };
  const server = await startServerProcess(environment, 'kept', directory);
  const store = storeCalling(
    () => `${server.url}/production`,
    KeyRings.parse(JSON.parse(environment.KOOBRIDGE_KEYS)),
    Date.now,
  );

  const id = String((await store.send(purchase())).body['instanceId']);
  await expect.poll(async () => (await store.send(query(id))).resultCode, { timeout: 15_000 }).toBe('000000');
  expect((await store.send(query(id))).body).toMatchObject({ info: [{ appInfo }] });
  await store.send(application(id));
  await expect.poll(() => standIn.uploads).toMatchObject([{ request: { characters: license } }]);
  const heard: string[] = [];
  for (const message of [upgrade(id), orderNotice(), purchase()]) heard.push((await store.send(message)).text);
  for (const path of [
    '/instances?attention=provisioning',
    `/instances/${id}`,
    '/callbacks?limit=200',
    '/events?state=waiting',
  ]) {
    const headers = { Authorization: `Bearer ${environment.KOOBRIDGE_ADMIN_TOKEN}` };
    const response = await fetch(`${server.url}/admin${path}`, { headers });
    expect(response.status).toBe(200);
    heard.push(await response.text());
  }
  heard.push(await (await fetch(`${server.url}/metrics`)).text());
  await expect.poll(() => receiver.requests.length).toBeGreaterThanOrEqual(6);
  heard.push(...receiver.requests.map(({ body }) => body));
  server.child.kill('SIGTERM');
  const { output } = await server.ended;
  expect(output).toMatch(/not usable: .*appInfo/);

  const files = readdirSync(directory)
    .filter((name) => name.startsWith('server.db'))
    .map((name) => readFileSync(join(directory, name)));
  expect(Buffer.concat(files).includes(id)).toBe(true);
  for (const hidden of [password, license, refused, buyer]) {
    expect(output).not.toContain(hidden);
    expect(heard.join('\n')).not.toContain(hidden);
    expect(files.some((bytes) => bytes.includes(hidden))).toBe(false);
  }
}, 30_000);
