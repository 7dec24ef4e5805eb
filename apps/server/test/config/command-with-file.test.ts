import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { credentials, secret, storageKey } from '../credentials.ts';
import { runServer, startServerProcess } from '../process/server-process.ts';
import { temporaryDirectory } from '../seller.ts';

const index = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

/** A directory with a configuration file, and how the command runs in it. */
function aDirectory(file: string, name = 'koobridge.config.ts') {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  writeFileSync(join(directory, name), file);
  return {
    directory,
    run: (environment = {}) => runServer(environment, 'kept', directory).ended,
    start: (environment = {}) => startServerProcess(environment, 'kept', directory),
  };
}

/** A file in TypeScript with everything the command needs; the ledger is beside it. */
function complete(more: string, { STORAGE_KEY, KOOBRIDGE_ADMIN_TOKEN, KOOBRIDGE_KEYS } = credentials()): string {
  return `
    import { type ConfigFile, defineConfig } from ${JSON.stringify(index)};
    const own: ConfigFile = { ${more} };
    export default defineConfig({
      PORT: 0,
      DATABASE_URL: 'sqlite:ledger/server.db',
      LOG_LEVEL: 'silent',
      STORAGE_KEY: '${STORAGE_KEY}',
      KOOBRIDGE_ADMIN_TOKEN: '${KOOBRIDGE_ADMIN_TOKEN}',
      KOOBRIDGE_KEYS: ${KOOBRIDGE_KEYS},
      ...own,
    });`;
}

test('a file in TypeScript is all that the command needs', async () => {
  const needed = credentials();
  const handlers = 'handlers: { answering: { admitCreate: () => ({ accept: true }) } }';
  const { start, directory } = aDirectory(complete(handlers, needed));
  const { url, child, ended } = await start();
  const admin = await fetch(`${url}/admin/licenses?attention=frozen-unexpired`, {
    headers: { Authorization: `Bearer ${needed.KOOBRIDGE_ADMIN_TOKEN}` },
  });
  expect(admin.status).toBe(200);
  expect(existsSync(join(directory, 'ledger', 'server.db'))).toBe(true);
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0 });
});

test('the environment wins over the file', async () => {
  const { start } = aDirectory(complete("KOOBRIDGE_ADMIN_TOKEN: 'of-the-file', LOG_LEVEL: 'loud'"));
  const { url } = await start({ KOOBRIDGE_ADMIN_TOKEN: 'of-the-environment', LOG_LEVEL: 'silent' });
  const status = async (token: string) =>
    (await fetch(`${url}/admin/licenses?attention=frozen-unexpired`, { headers: { Authorization: `Bearer ${token}` } }))
      .status;
  expect([await status('of-the-environment'), await status('of-the-file')]).toEqual([200, 401]);
});

test('KOOBRIDGE_CONFIG names another file', async () => {
  const { start } = aDirectory(complete(''), 'production.ts');
  expect((await start({ KOOBRIDGE_CONFIG: 'production.ts' })).url).toMatch(/^http:/);
});

test.each<[string, string, Readonly<Record<string, string>>, string]>([
  [
    'names a file that is not there',
    '',
    { KOOBRIDGE_CONFIG: 'x.ts' },
    'KOOBRIDGE_CONFIG names a file that is not there',
  ],
  ['throws', "throw new Error('s3cr3t');", {}, 'koobridge.config.ts cannot be loaded: it threw an error in line 1'],
  ['exports nothing', 'export {};', {}, 'koobridge.config.ts has no configuration as its default export'],
  [
    'imports what is not there',
    "import './gone.ts';\nexport default {};",
    {},
    'koobridge.config.ts cannot be loaded: Cannot find module',
  ],
  [
    'uses what only a compiler knows',
    'enum Level { Info }\nexport default {};',
    {},
    'koobridge.config.ts cannot be loaded: TypeScript enum is not supported in strip-only mode in line 1',
  ],
])('a file that %s ends the command with 2 and a sentence', async (_, text, environment, sentence) => {
  const { code, output } = await aDirectory(text).run({ ...credentials(), ...environment });
  expect(code).toBe(2);
  expect(output).toContain(`configuration is wrong:\n  ${sentence}`);
  expect(output).not.toMatch(/s3cr3t|\n {4}at /);
});

test('all problems of file and environment at once, exit 2, no value among them', async () => {
  const leaks = [secret(), secret(), secret(), secret()] as const;
  const { run } = aDirectory(`export default {
    PORTS: 1,
    STORAGE_KEY: '${leaks[0]}',
    KOOBRIDGE_KEYS: { license: '${leaks[1]}' },
    EVENTS_SECRET: 'whsec_!${leaks[2]}',
    handlers: { answering: { usage: '${leaks[3]}' } },
  };`);
  const { code, output } = await run({ KIT_PRIVATE_KEY: leaks[3], PORT: 'eighty' });
  expect(code).toBe(2);
  const names = ['PORTS', 'PORT', 'STORAGE_KEY', 'KOOBRIDGE_KEYS.license', 'EVENTS_SECRET', 'handlers.answering.usage'];
  for (const name of [...names, 'KIT_PRIVATE_KEY', 'KOOBRIDGE_ADMIN_TOKEN', 'EVENTS_URL']) {
    expect(output).toMatch(new RegExp(`^  ${name} `, 'm'));
  }
  for (const leak of [...leaks, 'eighty']) expect(output).not.toContain(leak);
});

test('a ledger is opened only with the STORAGE_KEY it was made with', async () => {
  const { start, run } = aDirectory(complete(''));
  const first = await start();
  first.child.kill('SIGKILL');
  await first.ended;
  const other = storageKey();
  const { code, output } = await run({ STORAGE_KEY: other });
  expect(code).toBe(1);
  expect(output).toContain('was made with another STORAGE_KEY');
  expect(output).not.toContain(other);
  expect((await start()).url).toMatch(/^http:/);
});
