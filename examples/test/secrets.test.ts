import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { freePort, market, type RunningProcess, root, server, startProcess } from '@koobridge/scripts/processes';
import { expect, it, onTestFinished } from 'vitest';
import { formsOf } from './secret-forms.ts';
import { temporaryDirectory } from './temporary.ts';

/** One life of both programs with every kind of key, after which no key is found in anything that they said or kept. */

/** With characters that every way of writing it down treats differently. */
const secret = (): string => `${randomBytes(15).toString('base64url')}"\\ '<&+/é`;
const visible = (): string => `${randomBytes(15).toString('base64url')}"\\'<&+/%`;
const ring = (name: string) => [1, 2].map((count) => ({ id: `${name}-${count}`, secret: secret() }));

const keys = {
  base: ring('base'),
  license: ring('license'),
  kit: ring('kit'),
  general: ring('general'),
  v1: ring('v1'),
};
const strangers = { ...keys, license: ring('theirs') };
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const events = randomBytes(32);
const storageKey = randomBytes(32);
const adminToken = visible();
const sk = visible();

const environment = {
  HOST: '127.0.0.1',
  PORT: '0',
  KOOBRIDGE_KEYS: JSON.stringify(keys),
  KOOBRIDGE_ADMIN_TOKEN: adminToken,
  STORAGE_KEY: storageKey.toString('base64'),
  KIT_PRIVATE_KEY: pem.replaceAll('\n', '\\n'),
  EVENTS_SECRET: `whsec_${events.toString('base64')}`,
  V1_ENABLED: 'true',
  SELLER_AK: 'AKOFTHESELLER',
  SELLER_SK: sk,
};

const searched = [
  ...Object.values({ ...keys, theirs: strangers.license }).flatMap((ring) =>
    ring.map(({ id, secret }) => [id, secret] as const),
  ),
  ['admin token', adminToken],
  ['SK', sk],
  ['STORAGE_KEY', environment.STORAGE_KEY],
  ['EVENTS_SECRET', environment.EVENTS_SECRET.slice('whsec_'.length)],
  ...pem
    .split('\n')
    .filter((line) => /^[\w+/=]{40,}$/.test(line))
    .map((line, index) => [`line ${index} of KIT_PRIVATE_KEY`, line] as const),
] as const;

/** Everything that was said or kept, by where it was found. */
const found: (readonly [where: string, what: Buffer])[] = [];
const heard = (where: string, what: string): number => found.push([where, Buffer.from(what)]);

/** Runs a command to its end. */
async function ran(command: readonly string[], env: object, input = ''): Promise<string> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  child.stdin.end(input);
  await once(child, 'close');
  heard(args.slice(0, 3).join(' '), output);
  return output;
}

async function runs(name: string, command: readonly [string, ...string[]], env: Record<string, string>) {
  const started = await startProcess({ name, command, env, onLine: (line) => heard(`log of ${name}`, `${line}\n`) });
  onTestFinished(async () => void (await started.stop()));
  return started;
}

async function fetched(url: string, init?: RequestInit): Promise<string> {
  const response = await fetch(url, init);
  const text = await response.text();
  heard(url, `${response.status} ${JSON.stringify([...response.headers])} ${text}`);
  return text;
}

function readEverything(directory: string): void {
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const file = join(directory, name);
    if (statSync(file).isFile()) found.push([name, readFileSync(file)]);
  }
}

const command = (...args: string[]) => [...market.slice(0, 2), ...args];

it('no key leaves either program, in whatever form, whatever happens', { timeout: 240_000 }, async () => {
  const data = temporaryDirectory();
  const written = temporaryDirectory();
  const settings = temporaryDirectory();
  writeFileSync(join(settings, 'package.json'), '{"type":"module"}');
  const config = join(settings, 'koobridge.config.ts');
  const failing = "(...given) => { throw new Error('a handler failed: ' + Object.keys(given)); }";
  writeFileSync(
    config,
    `const fails = ${failing}; export default { handlers: { answering: { checkChange: fails, usage: fails },
       provisioning: { 'instance.created': fails, 'license.requested': fails, 'instance.released': fails } } };`,
  );
  const storePort = String(await freePort());
  const nobody = `http://127.0.0.1:${await freePort()}`;
  const seller = await runs('server', server, {
    ...environment,
    KOOBRIDGE_CONFIG: config,
    DATABASE_URL: `sqlite:${join(data, 'server.db')}`,
    LOG_LEVEL: 'debug',
    EVENTS_URL: `${nobody}/events`,
    STORE_URL: `http://127.0.0.1:${storePort}`,
    STORE_AK: environment.SELLER_AK,
    STORE_SK: sk,
  });
  const store = await runs('marketplace', market, {
    ...environment,
    PORT: storePort,
    DATABASE_URL: `sqlite:${join(data, 'market.db')}`,
    PRODUCTION_ADDRESS: `${seller.url}/production`,
    PROFILE: 'hostile',
    SEED: 'secrets',
  });
  await lifeOfOrders(store);
  await oddCalls(seller);
  await conformance(written);
  await everyPage(seller, store);
  await store.stop(); // from here on the store cannot be asked
  const pushed = await fetched(`${seller.url}/admin/usage-records`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${adminToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ usage_records: [usage] }),
  });
  expect(JSON.parse(pushed)).toMatchObject({ error: expect.stringContaining('store') });
  await seller.stop();
  await brokenStarts();
  for (const directory of [data, written]) readEverything(directory);

  const places = new Set(found.map(([where]) => where));
  for (const place of ['log of server', 'log of marketplace', 'server.db', 'market.db', 'report.html', 'report.json']) {
    expect(places).toContain(place);
  }
  const all = Buffer.concat(found.map(([, what]) => what));
  for (const expected of ['"callback"', 'a handler failed', '000001', 'koobridge_callbacks_total', 'is wrong']) {
    expect([expected, all.includes(expected)]).toEqual([expected, true]);
  }
  const forms = [
    ...searched.flatMap(([name, text]) => formsOf(text).map((form) => [name, form] as const)),
    ['STORAGE_KEY as bytes', storageKey] as const,
    ['EVENTS_SECRET as bytes', events] as const,
  ];
  const leaks = forms.filter(([, form]) => all.includes(form)).map(([name, form]) => [name, ...placesOf(form)]);
  expect(leaks).toEqual([]);
});

const placesOf = (form: Buffer): readonly string[] => [
  ...new Set(found.filter(([, what]) => what.includes(form)).map(([where]) => where)),
];

const hourAgo = (hours: number): string =>
  `${new Date(Date.now() - hours * 3_600_000).toISOString().replace(/[-:]|\.\d+/g, '')}`;
const usage = {
  usage_value: '1',
  record_time: hourAgo(1),
  metering_sn: 'sn-1',
  instance_id: 'instance-1',
  begin_time: hourAgo(3),
  end_time: hourAgo(2),
};

/** Lives of every kind of product at a hostile store, which also signs wrongly, with unknown keys, late and twice. */
async function lifeOfOrders(store: RunningProcess): Promise<void> {
  const post = async (path: string, body: object = {}) =>
    JSON.parse(await fetched(`${store.url}/control${path}`, { method: 'POST', body: JSON.stringify(body) }));
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' });
  const { appId } = await post('/applications', { name: 'app', loginUrl: 'https://app.example.com/login', publicKey });
  await post(`/applications/${appId}/test-account`);
  for (const product of ['license-monthly', 'saas-monthly', 'online-license-monthly', 'saas-announced-monthly']) {
    const { license, instanceId } = await post('/orders', { product });
    const at = license === undefined ? `/instances/${instanceId}` : `/licenses/${license}`;
    await post(`${at}/renew`);
    await post(`${at}/cancel-renewal`);
    if (instanceId !== undefined) await post(`/instances/${instanceId}/apply-license`);
  }
  await post('/clock', { advance: 'P40D' });
}

/** What the marketplace does not send by itself: V1, the Kit with an unreadable secret, and calls that are wrong. */
async function oddCalls({ url }: RunningProcess): Promise<void> {
  const to = ['--to', `${url}/production`];
  const odd = { ...environment, KOOBRIDGE_KEYS: JSON.stringify(strangers) };
  const twice = ['--same-bytes', '--times', '2'];
  const [signed] = await Promise.all([
    ran(command('sign', 'refreshLicenseCode', ...to), environment),
    ran(command('trigger', 'newInstance', '--v1', ...twice, ...to), environment),
    ran(command('trigger', 'refreshLicenseCode', '--json', ...to), odd),
  ]);
  await ran(command('explain'), odd, signed);
  for (const path of ['/production?signature=x', '/production/produceAPI/v2/tenantSync', '/admin/licenses', '/%']) {
    await fetched(url + path, {
      method: 'POST',
      body: '{',
      headers: { Authorization: `Basic ${adminToken.slice(3)}` },
    });
  }
}

/** The suite against a seller who says yes to everything, so that nearly every case fails and tells why. */
async function conformance(directory: string): Promise<void> {
  const careless = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('Content-Type', 'application/json').end('{"resultCode":"000000","resultMsg":"success."}');
    });
  }).listen(0, '127.0.0.1');
  await once(careless, 'listening');
  onTestFinished(() => void careless.close());
  const { port } = careless.address() as AddressInfo; // a server on a TCP port has one
  const address = `http://127.0.0.1:${port}/production`;
  const reports = ['json', 'junit', 'html'].map((kind) => `--${kind}=${join(directory, `report.${kind}`)}`);
  const cases = ['license.sig', 'license.secret', 'kit.sig', 'v1.sig'];
  const told = await ran(
    command('conform', address, ...cases, '--profile', 'license,saas,kit,v1', '--strict', ...reports),
    environment,
  );
  expect(told).toContain('failed');
}

/** Every page of both programs that can be asked for without anything being changed. */
async function everyPage(seller: RunningProcess, store: RunningProcess): Promise<void> {
  const admin = { headers: { Authorization: `Bearer ${adminToken}` } };
  const [callbacks, instances, applications] = await Promise.all([
    fetched(`${seller.url}/admin/callbacks?limit=200`, admin),
    fetched(`${store.url}/control/instances`),
    fetched(`${store.url}/control/applications`),
  ]);
  const ids = [...(callbacks + instances + applications).matchAll(/"(?:subject|instanceId|appId|license)":"([^"]+)"/g)];
  const some = [...new Set(ids.map(([, id]) => String(id)))].slice(0, 12);
  const pages = async (base: string, document: string, prefix: string, init?: RequestInit) => {
    const { paths } = JSON.parse(await fetched(base + document, init));
    for (const [path, methods] of Object.entries(paths)) {
      if (!('get' in Object(methods))) continue;
      const filled = path.includes('{')
        ? some.map((id) => path.replaceAll(/\{\w+\}/g, encodeURIComponent(id)))
        : [path];
      for (const each of filled) await fetched(base + (each.startsWith(prefix) ? each : prefix + each), init);
    }
  };
  await pages(seller.url, '/openapi/admin.json', '/admin', admin);
  await pages(store.url, '/control/openapi.json', '/control');
  for (const path of ['/metrics', '/readyz', '/reference', '/openapi/production.json'])
    await fetched(seller.url + path);
  await fetched(`${seller.url}/admin/events?state=waiting`, admin);
}

/** Starts that fail because a setting is wrong, each with the secret still in it. */
async function brokenStarts(): Promise<void> {
  const broken = {
    KOOBRIDGE_KEYS: `${environment.KOOBRIDGE_KEYS}}`,
    KOOBRIDGE_ADMIN_TOKEN: `${adminToken} é`,
    STORAGE_KEY: `${environment.STORAGE_KEY}x`,
    EVENTS_SECRET: environment.EVENTS_SECRET.replace('whsec_', 'secret_'),
    KIT_PRIVATE_KEY: pem.slice(0, -100),
    STORE_SK: `${sk} é`,
    SELLER_SK: sk,
  };
  expect(await ran(server, broken)).toContain('is wrong');
  await ran(market, broken);
}
