import { describe, expect, test } from 'vitest';
import { type Config, readConfig } from '../../src/config/config.ts';
import { credentials, keyRings, secret } from '../credentials.ts';

const needed = credentials();

/** The configuration of a good environment. */
function config(more: Readonly<Record<string, string>> = {}): Config {
  const reading = readConfig({ ...needed, ...more });
  if (!reading.ok) throw new Error(reading.problems.join('; '));
  return reading.config;
}

/** The problems of a bad one. */
function problems(
  more: Readonly<Record<string, string | undefined>>,
  base: Readonly<Record<string, string>> = needed,
): readonly string[] {
  const reading = readConfig({ ...base, ...more });
  return reading.ok ? [] : reading.problems;
}

describe('the configuration', () => {
  test('has a default for everything but keys and token', () => {
    expect(config()).toEqual({
      host: '127.0.0.1',
      port: 8080,
      databaseFile: '.koobridge/server.db',
      keys: JSON.parse(needed['KOOBRIDGE_KEYS'] ?? ''),
      productionPath: '/production',
      adminToken: needed['KOOBRIDGE_ADMIN_TOKEN'],
      storeTimeZone: 'UTC',
      tokenReadings: ['raw', 'sorted'],
      adoptLicenses: true,
      renewalUnfreezes: false,
      receiptDays: 90,
      store: undefined,
      logLevel: 'info',
    });
  });

  test.each<[string, string, Partial<Config>]>([
    ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65535 }],
    ['DATABASE_URL', 'sqlite:/var/lib/x.db', { databaseFile: '/var/lib/x.db' }],
    ['PRODUCTION_PATH', '/a/b-c', { productionPath: '/a/b-c' }],
    ['PRODUCTION_PATH', '/administration', { productionPath: '/administration' }],
    ['STORE_TIME_ZONE', 'Asia/Shanghai', { storeTimeZone: 'Asia/Shanghai' }],
    ['TOKEN_READING', 'raw', { tokenReadings: ['raw'] }],
    ['TOKEN_READING', 'sorted', { tokenReadings: ['sorted'] }],
    ['ADOPT_LICENSES', 'false', { adoptLicenses: false }],
    ['RENEWAL_UNFREEZES', 'true', { renewalUnfreezes: true }],
    ['RECEIPT_DAYS', '1', { receiptDays: 1 }],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
  ])('%s=%s', (name, value, expected) => {
    expect(config({ [name]: value })).toMatchObject(expected);
  });

  test('STORE_URL, STORE_AK and STORE_SK', () => {
    const store = { url: 'https://store.example', ak: 'AK', sk: 'SK' };
    expect(config({ STORE_URL: store.url, STORE_AK: store.ak, STORE_SK: store.sk }).store).toEqual(store);
  });

  test('an empty variable is one that is not set', () => {
    expect(config({ PORT: '', STORE_AK: '', LOG_LEVEL: '' })).toEqual(config());
    expect(problems({ KOOBRIDGE_ADMIN_TOKEN: '' })).toEqual(['KOOBRIDGE_ADMIN_TOKEN is not set']);
  });

  test('classes of keys may be left out', () => {
    const { license } = keyRings();
    const { keys } = config({ KOOBRIDGE_KEYS: JSON.stringify({ license }) });
    expect(keys).toEqual({ base: [], license, kit: [], general: [], v1: [] });
  });
});

describe('a wrong configuration is named', () => {
  test.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', 'http'],
    ['PORT', '80.5'],
    ['DATABASE_URL', 'postgres://db'],
    ['DATABASE_URL', 'sqlite:'],
    ['PRODUCTION_PATH', 'production'],
    ['PRODUCTION_PATH', '/production/'],
    ['PRODUCTION_PATH', '/a b'],
    ['PRODUCTION_PATH', '/:any'],
    ['PRODUCTION_PATH', '/admin'],
    ['PRODUCTION_PATH', '/admin/x'],
    ['PRODUCTION_PATH', '/healthz'],
    ['KOOBRIDGE_ADMIN_TOKEN', 'has a blank in the middle'],
    ['STORE_TIME_ZONE', 'Peking'],
    ['TOKEN_READING', 'both'],
    ['ADOPT_LICENSES', 'yes'],
    ['RENEWAL_UNFREEZES', '1'],
    ['RECEIPT_DAYS', '0'],
    ['RECEIPT_DAYS', '3651'],
    ['LOG_LEVEL', 'verbose'],
    ['KOOBRIDGE_KEYS', 'license=x'],
    ['KOOBRIDGE_KEYS', '{}'],
    ['KOOBRIDGE_KEYS', '[]'],
    ['KOOBRIDGE_KEYS', '{"license":[{"id":"","secret":"x"}]}'],
    ['KOOBRIDGE_KEYS', '{"license":[{"id":"1","secret":""}]}'],
    ['KOOBRIDGE_KEYS', '{"license":[{"id":"1","secret":"a"},{"id":"1","secret":"b"}]}'],
    ['KOOBRIDGE_KEYS', '{"license":[{"id":"1","secret":"a"}],"licence":[]}'],
  ])('%s=%s', (name, value) => {
    const found = problems({ [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name}(\\.| )`));
  });

  test.each(['postgres://x', 'sqlite:', 'sqlite::memory:'])('DATABASE_URL=%s', (url) => {
    expect(problems({ DATABASE_URL: url })).toEqual(['DATABASE_URL must be sqlite:<file>']);
  });

  test.each([
    'not a url',
    'ftp://store.example',
    'store.example',
    'https://user:password@store.example',
    'https://store.example/api',
    'https://store.example?a=1',
  ])('STORE_URL=%s', (url) => {
    expect(problems({ STORE_URL: url, STORE_AK: 'a', STORE_SK: 'b' })).toEqual([expect.stringMatching(/^STORE_URL /)]);
  });

  test.each([
    [{ STORE_URL: 'https://store.example' }],
    [{ STORE_AK: 'a', STORE_SK: 'b' }],
    [{ STORE_URL: 'https://store.example', STORE_SK: 'b' }],
  ])('credentials of the store that are not whole: %j', (some) => {
    expect(problems(some)).toEqual([expect.stringMatching(/STORE_URL, STORE_AK and STORE_SK/)]);
  });

  test('all problems at once', () => {
    const found = problems({ PORT: 'x', LOG_LEVEL: 'x', STORE_AK: 'x', RECEIPT_DAYS: 'x', TOKEN_READING: 'x' }, {});
    const names = ['PORT', 'KOOBRIDGE_KEYS', 'KOOBRIDGE_ADMIN_TOKEN', 'TOKEN_READING', 'RECEIPT_DAYS', 'LOG_LEVEL'];
    expect(found.map((problem) => problem.split(' ')[0])).toEqual([...names, 'STORE_URL,']);
    expect(found).toContain('KOOBRIDGE_KEYS is not set');
  });

  test('and no message holds a value', () => {
    const leaks = [secret(), secret(), secret()] as const;
    const broken = [
      { KOOBRIDGE_KEYS: leaks[0], KOOBRIDGE_ADMIN_TOKEN: `${leaks[1]} x`, STORE_SK: leaks[2] },
      { KOOBRIDGE_KEYS: `{"license":"${leaks[0]}"}`, STORE_URL: leaks[1], STORE_AK: leaks[2], STORE_SK: leaks[2] },
      { KOOBRIDGE_KEYS: `{"license":[{"id":1,"secret":"${leaks[0]}"},"${leaks[1]}",{"secret":["${leaks[2]}"]}]}` },
      {
        KOOBRIDGE_KEYS: `{"license":[{"id":"1","secret":"${leaks[0]}"},{"id":"1","secret":"${leaks[1]}"}]} ${leaks[2]}`,
      },
    ];
    for (const environment of broken) {
      const text = problems(environment).join('\n');
      expect(text).not.toBe('');
      for (const leak of leaks) expect(text).not.toContain(leak);
    }
  });
});
