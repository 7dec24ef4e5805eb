import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { spawnMain, startProcess } from './market-process.ts';
import { ok } from './running-market.ts';
import { licenseKey, startSeller } from './stub-seller.ts';

async function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const child = spawnMain(args, variables);
  if (child.stdout === null || child.stderr === null) throw new Error('no output');
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, err, code };
}

test('--help and --version answer on standard output', async () => {
  expect(await run(['--help'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('mock-marketplace serve'),
    err: '',
  });
  expect(await run(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' });
});

test.each([[[]], [['sell']], [['serve', 'now']]])('%j is no command: help on standard error, exit 2', async (args) => {
  expect(await run(args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('mock-marketplace serve') });
});

test('wrong settings are told at once, without their values, exit 2', async () => {
  const { code, err } = await run(['serve'], { PORT: 'http', KOOBRIDGE_KEYS: '{"license":"hush"}', OUTPUT: 'loud' });
  expect(code).toBe(2);
  for (const name of ['PORT', 'KOOBRIDGE_KEYS', 'OUTPUT']) expect(err).toContain(`  ${name}`);
  expect(err).toContain('set -a; . .koobridge/start.env; set +a');
  expect(err).not.toContain('hush');
});

const KOOBRIDGE_KEYS = JSON.stringify({ license: [licenseKey] });

test('a port that is taken: one line that names HOST, PORT and what to do, exit 1', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const PORT = String(typeof address === 'object' ? address?.port : '');
  const { code, err } = await run(['serve'], { PORT, KOOBRIDGE_KEYS, DATABASE_URL: 'sqlite::memory:' });
  expect(code).toBe(1);
  expect(err).toMatch(new RegExp(`^mock-marketplace cannot start: .*${PORT}.*EADDRINUSE.*HOST.*PORT.*\\n$`));
});

test('an address that is not of this machine: one line that names HOST, exit 1', async () => {
  const { code, err } = await run(['serve'], { HOST: '192.0.2.1', KOOBRIDGE_KEYS, DATABASE_URL: 'sqlite::memory:' });
  expect(code).toBe(1);
  expect(err).toMatch(/^mock-marketplace cannot start: .*192\.0\.2\.1.*HOST.*\n$/);
});

test('it says where it listens, shows each call and its answer, and never a key', async () => {
  const seller = await startSeller();
  onTestFinished(() => seller.close());
  const market = await startProcess({ DATABASE_URL: 'sqlite::memory:', PRODUCTION_ADDRESS: seller.address });
  expect(market.lines[0]).toBe(`mock-marketplace listening on ${market.url}`);
  const { license: code = '' } = ok(await market.control.buy({ body: { product: 'license-yearly' } }));
  ok(await market.control.renew({ params: { code }, body: {} }));
  await expect.poll(() => market.lines.some((line) => line.startsWith('<-- '))).toBe(true);
  expect(market.lines.slice(-2)).toEqual([
    `--> #1 refreshLicenseCode ${code} RENEWAL`,
    expect.stringMatching(/^<-- #1 200 000000 \d+ ms$/),
  ]);
  expect(market.lines.join('\n')).not.toContain(licenseKey.secret);
  expect(await market.end('SIGINT')).toBe(0);
});

test('it says what it draws from, what holds, and what to try next', async () => {
  const market = await startProcess({
    DATABASE_URL: 'sqlite::memory:',
    SEED: 'rehearsal 7',
    PROFILE: 'hostile',
    CALL_TIMEOUT: '5',
  });
  await expect.poll(() => market.lines.length).toBe(4);
  expect(market.lines.slice(1)).toEqual([
    'callbacks go to http://127.0.0.1:8080/production',
    'seed "rehearsal 7" · profile hostile · database :memory: · calls end after 5 s · License codes freeze after grace, instances after expiry',
    `try next: npx -y pnpm@12 market orders buy license-yearly --market ${market.url} · npx -y pnpm@12 market messages follow --market ${market.url} · ${market.url}/control/openapi.json`,
  ]);
  const { code, out } = await run(['seed', '--market', market.url]);
  expect([code, out]).toEqual([0, 'rehearsal 7\n']);
  expect(await market.end('SIGTERM')).toBe(0);
});

test('serve --json says all of it as an object, and each line of a call too', async () => {
  const seller = await startSeller();
  onTestFinished(() => seller.close());
  const child = spawnMain(['serve', '--json'], {
    KOOBRIDGE_KEYS,
    PORT: '0',
    DATABASE_URL: 'sqlite::memory:',
    SEED: 's',
    PRODUCTION_ADDRESS: seller.address,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.stdout === null) throw new Error('no output');
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  await expect.poll(() => lines.length).toBe(1);
  const said = z
    .object({ url: z.string() })
    .loose()
    .parse(JSON.parse(lines[0] ?? ''));
  expect(said).toMatchObject({ seed: 's', profile: 'calm', productionAddress: seller.address, callTimeoutMs: 20_000 });
  const order = await run(['orders', 'buy', 'license-yearly', '--json'], { MARKET_URL: said.url });
  const { license } = z.object({ license: z.string() }).parse(JSON.parse(order.out));
  expect(await run(['licenses', 'renew', license], { MARKET_URL: said.url })).toMatchObject({ code: 0, err: '' });
  await expect.poll(() => lines.length).toBe(3);
  expect(lines.slice(1).map((line): unknown => JSON.parse(line))).toMatchObject([
    { line: 'out', message: '1', activity: 'refreshLicenseCode', license, command: 'RENEWAL', attempt: 1 },
    { line: 'back', message: '1', httpStatus: 200, succeeded: true, resultCode: '000000' },
  ]);
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
});

test('sign | explain, as processes, without a marketplace and without the key', async () => {
  const child = spawnMain(['explain'], { KOOBRIDGE_KEYS });
  const { code, out, err } = await run(['sign', 'refreshLicenseCode', '--set', 'license=PL1'], { KOOBRIDGE_KEYS });
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^curl --url 'http:\/\/127\.0\.0\.1:8080\/production\?signature=[0-9A-F]{64}&/);
  child.stdin?.end(out);
  if (child.stdout === null) throw new Error('no output');
  const [said, [end]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect([end, said]).toEqual([0, expect.stringMatching(/^It verifies/)]);
  expect(out + said).not.toContain(licenseKey.secret);
});

test('messages follow ends with 0 on Ctrl-C', async () => {
  const market = await startProcess({ DATABASE_URL: 'sqlite::memory:' });
  const child = spawnMain(['messages', 'follow', '--market', market.url], {});
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  // What happens before its first look is not shown, so something happens until it is.
  await expect
    .poll(async () => {
      await market.control.buy({ body: { product: 'saas-yearly' } });
      return out;
    })
    .toMatch(/^--> #\d+ newInstance .*\n<-- #\d+ no answer .*R21 /);
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
});

test('on SIGTERM it is gone within 5 s, also while a call hangs and a client dawdles', async () => {
  const seller = await startSeller();
  onTestFinished(() => seller.close());
  seller.answer(() => undefined);
  const market = await startProcess({ DATABASE_URL: 'sqlite::memory:', PRODUCTION_ADDRESS: seller.address });
  const { license: code = '' } = ok(await market.control.buy({ body: { product: 'license-yearly' } }));
  const renewal = market.control.renew({ params: { code }, body: {} });
  const dawdling = fetch(`${market.url}/control/orders`, {
    method: 'POST',
    body: new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) }),
    duplex: 'half',
  });
  dawdling.catch(() => undefined);
  await expect.poll(() => seller.calls.length).toBe(1);
  const since = Date.now();
  expect(await market.end('SIGTERM')).toBe(0);
  expect(Date.now() - since).toBeLessThan(5000);
  expect(await renewal).toMatchObject({ status: 503 });
});
