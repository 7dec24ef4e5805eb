import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
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
  await expect.poll(() => market.lines.length).toBeGreaterThanOrEqual(4);
  expect(market.lines.slice(-2)).toEqual([
    `--> #1 refreshLicenseCode ${code} RENEWAL`,
    expect.stringMatching(/^<-- #1 200 000000 \d+ ms$/),
  ]);
  expect(market.lines.join('\n')).not.toContain(licenseKey.secret);
  expect(await market.end('SIGINT')).toBe(0);
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
