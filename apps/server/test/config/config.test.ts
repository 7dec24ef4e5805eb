import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { keyRings } from '../credentials.ts';
import { config, needed, problems } from './reading.ts';

describe('the configuration', () => {
  test('has a default for everything but keys and token', () => {
    expect(config()).toEqual({
      host: '127.0.0.1',
      port: 8080,
      database: { kind: 'sqlite', file: '.koobridge/server.db' },
      storageKey: Buffer.from(needed.STORAGE_KEY, 'base64'),
      keys: JSON.parse(needed.KOOBRIDGE_KEYS),
      kitPrivateKey: undefined,
      productionPath: '/production',
      adminToken: needed.KOOBRIDGE_ADMIN_TOKEN,
      storeTimeZone: 'UTC',
      tokenReadings: ['raw', 'sorted'],
      adoptLicenses: true,
      renewalUnfreezes: false,
      asynchronousCreate: false,
      receiptDays: 90,
      v1: { enabled: false, windowMs: 600_000 },
      events: undefined,
      store: undefined,
      logLevel: 'info',
      handlers: {},
    });
  });

  test.each<[string, string, Partial<Config>]>([
    ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65535 }],
    ['DATABASE_URL', 'sqlite:/var/lib/x.db', { database: { kind: 'sqlite', file: '/var/lib/x.db' } }],
    [
      'DATABASE_URL',
      'postgres://user:secret@db.example.com:5433/ledger?sslmode=require',
      {
        database: {
          kind: 'postgres',
          url: 'postgres://user:secret@db.example.com:5433/ledger?sslmode=require',
          connections: 10,
        },
      },
    ],
    [
      'DATABASE_URL',
      'postgresql://db/ledger',
      { database: { kind: 'postgres', url: 'postgresql://db/ledger', connections: 10 } },
    ],
    ['PRODUCTION_PATH', '/a/b-c', { productionPath: '/a/b-c' }],
    ['PRODUCTION_PATH', '/administration', { productionPath: '/administration' }],
    ['PRODUCTION_PATH', '/open/api', { productionPath: '/open/api' }],
    ['STORE_TIME_ZONE', 'Asia/Shanghai', { storeTimeZone: 'Asia/Shanghai' }],
    ['TOKEN_READING', 'raw', { tokenReadings: ['raw'] }],
    ['TOKEN_READING', 'sorted', { tokenReadings: ['sorted'] }],
    ['ADOPT_LICENSES', 'false', { adoptLicenses: false }],
    ['RENEWAL_UNFREEZES', 'true', { renewalUnfreezes: true }],
    ['ASYNCHRONOUS_CREATE', 'true', { asynchronousCreate: true }],
    ['V1_ENABLED', 'true', { v1: { enabled: true, windowMs: 600_000 } }],
    ['V1_WINDOW_SECONDS', '1', { v1: { enabled: false, windowMs: 1_000 } }],
    ['V1_WINDOW_SECONDS', '86400', { v1: { enabled: false, windowMs: 86_400_000 } }],
    ['RECEIPT_DAYS', '1', { receiptDays: 1 }],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
  ])('%s=%s', (name, value, expected) => {
    expect(config({ [name]: value })).toMatchObject(expected);
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
    ['DATABASE_URL', 'mysql://db/ledger'],
    ['DATABASE_CONNECTIONS', '2'],
    ['DATABASE_URL', 'sqlite:'],
    ['PRODUCTION_PATH', 'production'],
    ['PRODUCTION_PATH', '/production/'],
    ['PRODUCTION_PATH', '/a b'],
    ['PRODUCTION_PATH', '/:any'],
    ['PRODUCTION_PATH', '/admin'],
    ['PRODUCTION_PATH', '/admin/x'],
    ['PRODUCTION_PATH', '/healthz'],
    ['PRODUCTION_PATH', '/openapi'],
    ['PRODUCTION_PATH', '/openapi.json'],
    ['PRODUCTION_PATH', '/reference/x'],
    ['KOOBRIDGE_ADMIN_TOKEN', 'has a blank in the middle'],
    ['STORE_TIME_ZONE', 'Peking'],
    ['TOKEN_READING', 'both'],
    ['ADOPT_LICENSES', 'yes'],
    ['RENEWAL_UNFREEZES', '1'],
    ['ASYNCHRONOUS_CREATE', 'on'],
    ['V1_ENABLED', 'TRUE'],
    ['V1_WINDOW_SECONDS', '0'],
    ['V1_WINDOW_SECONDS', '86401'],
    ['V1_WINDOW_SECONDS', '10m'],
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

  test.each(['postgres://x', 'postgres://secret@', 'mysql://x/y', 'sqlite:', 'sqlite::memory:'])(
    'DATABASE_URL=%s',
    (url) => {
      expect(problems({ DATABASE_URL: url })).toEqual([
        'DATABASE_URL must be sqlite:<file> or postgres://<user>:<password>@<host>/<database>',
      ]);
    },
  );

  test('all problems at once', () => {
    const wrong = {
      PORT: 'x',
      KIT_PRIVATE_KEY: 'x',
      TOKEN_READING: 'x',
      RECEIPT_DAYS: 'x',
      V1_WINDOW_SECONDS: 'x',
      EVENTS_URL: 'x',
      STORE_AK: 'x',
      LOG_LEVEL: 'x',
    };
    const found = problems(wrong, {});
    const { STORE_AK: _, ...named } = { ...wrong, STORAGE_KEY: '', KOOBRIDGE_KEYS: '', KOOBRIDGE_ADMIN_TOKEN: '' };
    const heads = found.map((problem) => problem.split(' ')[0]);
    expect(heads.slice(0, -2).sort()).toEqual(Object.keys(named).sort());
    expect(heads.slice(-2)).toEqual(['EVENTS_URL', 'STORE_URL,']);
    for (const name of ['STORAGE_KEY', 'KOOBRIDGE_KEYS', 'KOOBRIDGE_ADMIN_TOKEN']) {
      expect(found).toContain(`${name} is not set`);
    }
  });
});
