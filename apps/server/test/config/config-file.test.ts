import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ConfigFile, defineConfig, loadConfigFile } from '../../src/config/config-file.ts';
import { keyRings, secret } from '../credentials.ts';
import { temporaryDirectory } from '../seller.ts';
import { config, needed, problems } from './reading.ts';

/** A file as JavaScript would write it, which the compiler would not let pass. */
const unchecked = (file: Readonly<Record<string, unknown>>) => file as ConfigFile; // readConfig judges it

describe('settings of the file', () => {
  test('are named and judged like variables', () => {
    const file = defineConfig({
      PORT: 9000,
      ADOPT_LICENSES: false,
      STORE_TIME_ZONE: 'Asia/Shanghai',
      V1_WINDOW_SECONDS: '60',
      LOG_LEVEL: undefined,
    });
    expect(config({}, file)).toEqual({
      ...config(),
      port: 9000,
      adoptLicenses: false,
      storeTimeZone: 'Asia/Shanghai',
      v1: { enabled: false, windowMs: 60_000 },
    });
  });

  test('may be all there is', () => {
    expect(problems({}, {}, needed)).toEqual([]);
  });

  test('give way to the environment, an empty variable aside', () => {
    const file = defineConfig({ HOST: 'file.example', PORT: 9000, LOG_LEVEL: 'error', STORAGE_KEY: 'no key' });
    const { host, port, logLevel } = config({ HOST: 'environment.example', PORT: '' }, file);
    expect([host, port, logLevel]).toEqual(['environment.example', 9000, 'error']);
  });

  test('hold keys as an object, with classes left out, or as JSON', () => {
    const { license } = keyRings();
    const expected = { base: [], license, kit: [], general: [], v1: [] };
    for (const KOOBRIDGE_KEYS of [{ license }, JSON.stringify({ license })]) {
      expect(config({ KOOBRIDGE_KEYS: undefined }, { KOOBRIDGE_KEYS }).keys).toEqual(expected);
    }
  });

  test('hold handlers, which come through as they are', () => {
    const handlers = { answering: { admitCreate: () => ({ accept: true }) as const } };
    expect(config({}, { handlers }).handlers).toBe(handlers);
  });
});

describe('a wrong file is told of, name by name', () => {
  test.each<[string, unknown, string]>([
    ['PORT', 65_536, 'PORT must be a whole number from 0 to 65535'],
    ['PORT', true, 'PORT must be a whole number from 0 to 65535'],
    ['PORT', null, 'PORT must be a text, a number or a boolean'],
    ['PORT', [8080], 'PORT must be a text, a number or a boolean'],
    ['V1_ENABLED', 1, 'V1_ENABLED must be true or false'],
    ['LOG_LEVEL', () => 'info', 'LOG_LEVEL must be a text, a number or a boolean'],
    ['port', 8080, 'port is no setting of the server; did you mean PORT?'],
    ['STORAGE_KEYS', 'x', 'STORAGE_KEYS is no setting of the server; did you mean STORAGE_KEY?'],
    ['KOOBRIGDE_KEYS', {}, 'KOOBRIGDE_KEYS is no setting of the server; did you mean KOOBRIDGE_KEYS?'],
    ['handler', {}, 'handler is no setting of the server; did you mean handlers?'],
    ['PROT', 1, 'PROT is no setting of the server; did you mean PORT?'],
    ['database', 'x', 'database is no setting of the server'],
    ['__proto', 1, '__proto is no setting of the server'],
    ['KOOBRIDGE_CONFIG', 'x', 'KOOBRIDGE_CONFIG is no setting of the server'],
    ['handlers', 'x', 'handlers must be an object with "answering" and "provisioning"'],
  ])('%s: %j', (name, value, problem) => {
    expect(problems({}, needed, unchecked({ [name]: value }))).toEqual([problem]);
  });

  test('keys that are nonsense', () => {
    const found = problems({ KOOBRIDGE_KEYS: '' }, needed, unchecked({ KOOBRIDGE_KEYS: { license: [{ id: 7 }] } }));
    expect(found.length).toBeGreaterThan(0);
    for (const problem of found) expect(problem).toMatch(/^KOOBRIDGE_KEYS\.license\.0\.(id|secret) /);
  });

  test('all at once, with those of the environment', () => {
    const file = unchecked({ PORTS: 1, STORE_AK: 'x', handlers: { answering: { usage: 7, sayYes() {} } } });
    expect(problems({ LOG_LEVEL: 'loud' }, needed, file)).toEqual([
      'PORTS is no setting of the server; did you mean PORT?',
      'handlers.answering.usage must be a function',
      expect.stringMatching(/^handlers\.answering\.sayYes is not known/),
      expect.stringMatching(/^LOG_LEVEL /),
      expect.stringMatching(/^STORE_URL, STORE_AK and STORE_SK go together/),
    ]);
  });
});

describe('the file that is loaded', () => {
  const write = (directory: string, name: string, text: string) => writeFileSync(join(directory, name), text);

  test('is none where there is none', async () => {
    expect(await loadConfigFile({}, temporaryDirectory())).toEqual({ ok: true, file: {} });
  });

  test.each(['koobridge.config.ts', 'koobridge.config.js', 'koobridge.config.mjs'])('is %s', async (name) => {
    const directory = temporaryDirectory();
    write(directory, 'package.json', '{"type":"module"}');
    write(directory, name, 'export default { PORT: 9000 };');
    expect(await loadConfigFile({ KOOBRIDGE_CONFIG: '' }, directory)).toMatchObject({ ok: true, file: { PORT: 9000 } });
  });

  test('is the one that KOOBRIDGE_CONFIG names, seen from the directory', async () => {
    const directory = temporaryDirectory();
    write(directory, 'koobridge.config.mjs', 'export default { PORT: 1 };');
    write(directory, 'other.mjs', 'export default { PORT: 2 };');
    for (const KOOBRIDGE_CONFIG of ['other.mjs', './other.mjs', join(directory, 'other.mjs')]) {
      expect(await loadConfigFile({ KOOBRIDGE_CONFIG }, directory)).toMatchObject({ ok: true, file: { PORT: 2 } });
    }
  });

  test('must be there when it is named', async () => {
    expect(await loadConfigFile({ KOOBRIDGE_CONFIG: 'gone.ts' }, temporaryDirectory())).toEqual({
      ok: false,
      problem: 'KOOBRIDGE_CONFIG names a file that is not there',
    });
  });

  test.each([
    ['nothing exported', 'export {};'],
    ['another export', 'export const config = {};'],
    ['a function', 'export default () => ({});'],
    ['a list', 'export default [];'],
    ['null', 'export default null;'],
  ])('must have a configuration as its default export: %s', async (_, text) => {
    const directory = temporaryDirectory();
    write(directory, 'koobridge.config.mjs', text);
    expect(await loadConfigFile({}, directory)).toEqual({
      ok: false,
      problem:
        'koobridge.config.mjs has no configuration as its default export: write export default defineConfig({ … })',
    });
  });

  test.each<[string, (leak: string) => string]>([
    ['throws', (leak) => `\nthrow new Error('${leak}');`],
    ['throws a text', (leak) => `throw '${leak}';`],
    ['throws under a name', (leak) => `throw Object.assign(new Error(), { name: '${leak}', code: '${leak}' });`],
    ['rejects', (leak) => `export default await Promise.reject(new Error('${leak}'));`],
    ['reads what is no JSON', (leak) => `export default JSON.parse('${leak}');`],
    ['is no JavaScript', (leak) => `export default { STORE_SK: ${leak}' };`],
  ])('that %s is told of without what it holds', async (_, text) => {
    const directory = temporaryDirectory();
    const leak = `s${secret()}`;
    write(directory, 'koobridge.config.mjs', text(leak));
    const reading = await loadConfigFile({}, directory);
    expect(reading).toEqual({
      ok: false,
      problem: expect.stringMatching(
        /^koobridge\.config\.mjs cannot be loaded: it threw an error.*"npx -y pnpm@12 exec node <the file>"/,
      ),
    });
    expect(JSON.stringify(reading)).not.toContain(leak.slice(0, 10));
  });
});
