import { expect, test } from 'vitest';
import { readSettings } from '../src/settings.ts';

const keys = '{"license":[{"id":"k","secret":"s3cret-of-the-license-class"}]}';

test('only the keys have no default', () => {
  const reading = readSettings({ KOOBRIDGE_KEYS: keys });
  expect(reading).toMatchObject({
    ok: true,
    settings: {
      host: '127.0.0.1',
      port: 8090,
      database: '.koobridge/market.db',
      productionAddress: 'http://127.0.0.1:8080/production',
      accessKey: undefined,
      callTimeoutMs: 20_000,
      freezeMoments: { LICENSE_CODE: 'grace', SAAS: 'expiry', ONLINE_LICENSE: 'expiry' },
      seed: undefined,
      output: 'calls',
    },
  });
});

test('an empty variable is one that is not set', () => {
  expect(readSettings({ KOOBRIDGE_KEYS: keys, PORT: '', SELLER_AK: '', SELLER_SK: '' })).toMatchObject({
    ok: true,
    settings: { port: 8090, accessKey: undefined },
  });
});

test('everything that is wrong is told at once, and no value is repeated', () => {
  const secret = 'hush-hush';
  const reading = readSettings({
    PORT: '99999',
    DATABASE_URL: `postgres://${secret}@db`,
    KOOBRIDGE_KEYS: `{"license":[{"id":"k","secret":"${secret}"}`,
    PRODUCTION_ADDRESS: `http://user:${secret}@seller/production`,
    SELLER_AK: secret,
    CALL_TIMEOUT: '-1',
    FREEZE_LICENSES_AFTER: secret,
    OUTPUT: secret,
  });
  if (reading.ok) throw new Error('accepted');
  for (const name of [
    'PORT',
    'DATABASE_URL',
    'KOOBRIDGE_KEYS',
    'PRODUCTION_ADDRESS',
    'SELLER_SK',
    'CALL_TIMEOUT',
    'FREEZE_LICENSES_AFTER',
    'OUTPUT',
  ]) {
    expect(reading.errors.filter((error) => error.startsWith(`${name}:`))).toHaveLength(1);
  }
  expect(reading.errors.join('\n')).not.toContain(secret);
});

test.each([
  ['nothing', undefined],
  ['no JSON', 'hush'],
  ['no object', '["hush"]'],
  ['an unknown class', '{"license":[{"id":"k","secret":"hush"}],"hush":[]}'],
  ['an empty ring', '{"license":[]}'],
  ['a key without an id', '{"license":[{"secret":"hush"}]}'],
  ['a secret that is a number', '{"license":[{"id":"k","secret":1}]}'],
  ['an id twice', '{"license":[{"id":"k","secret":"hush"},{"id":"k","secret":"hush2"}]}'],
])('keys are refused: %s', (_, text) => {
  const reading = readSettings({ KOOBRIDGE_KEYS: text });
  if (reading.ok) throw new Error('accepted');
  expect(reading.errors.join()).toMatch(/^KOOBRIDGE_KEYS/);
  expect(reading.errors.join()).not.toMatch(/hush/);
});

test.each(['ftp://seller/production', 'seller/production', 'http://seller/p?x=1', 'http://seller/p#x'])(
  'no production address: %s',
  (address) => {
    expect(readSettings({ KOOBRIDGE_KEYS: keys, PRODUCTION_ADDRESS: address })).toMatchObject({ ok: false });
  },
);
