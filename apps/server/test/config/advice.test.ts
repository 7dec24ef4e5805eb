import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { advice } from '../../src/config/advice.ts';
import { keyRings, newKey } from '../credentials.ts';
import { config } from './reading.ts';

const rings = (given = {}) => ({ KOOBRIDGE_KEYS: JSON.stringify(keyRings(given)) });
const pem = (modulusLength: number) => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
  return { KIT_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
};
const adviceFor = (environment: Readonly<Record<string, string>>) => advice(config(environment));

describe('at start', () => {
  test('nothing is advised when nothing is odd', () => {
    expect(adviceFor({ ...rings(), ...pem(3_072) })).toEqual([]);
  });

  test('one sentence for each class of callbacks without a key, V1 aside', () => {
    const told = adviceFor({ KOOBRIDGE_KEYS: JSON.stringify({ v1: [newKey('v1')] }) });
    expect(told).toEqual(
      ['base', 'license', 'kit', 'general'].map(
        (each) => `KOOBRIDGE_KEYS holds no ${each} key: every callback of that class will be refused`,
      ),
    );
  });

  test.each([
    ['false', []],
    ['true', ['KOOBRIDGE_KEYS holds no v1 key: every callback of that class will be refused']],
  ])('a V1 key is missed only where V1 is on: V1_ENABLED=%s', (enabled, told) => {
    expect(adviceFor({ ...rings({ v1: [] }), ...pem(3_072), V1_ENABLED: enabled })).toEqual(told);
  });

  test('Kit keys without the key that opens clientSecret (R26)', () => {
    const told = 'KIT_PRIVATE_KEY is not set: the clientSecret of applicationSync cannot be decrypted';
    expect(adviceFor(rings())).toEqual([told]);
    expect(adviceFor(rings({ kit: [] }))).not.toContain(told);
  });

  test('a key with a line end in it, by its id and not by its value', () => {
    const told = adviceFor({ ...rings({ base: [{ id: 'b-1', secret: 'abc\n' }] }), ...pem(3_072) });
    expect(told).toEqual(['the base key b-1 holds white space, a line end perhaps: it may have been copied with it']);
  });

  test('a Kit key of fewer bits than the store demands', () => {
    const told = adviceFor({ ...rings(), ...pem(2_048) });
    expect(told).toEqual(['KIT_PRIVATE_KEY has fewer than the 3072 bits that the store demands']);
  });

  test.each([
    ['x'.repeat(15), ['KOOBRIDGE_ADMIN_TOKEN is shorter than 16 characters']],
    ['x'.repeat(16), []],
  ])('a short admin token: %s', (token, told) => {
    expect(adviceFor({ ...rings(), ...pem(3_072), KOOBRIDGE_ADMIN_TOKEN: token })).toEqual(told);
  });
});
