import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { config, problems } from './reading.ts';

describe('STORAGE_KEY', () => {
  const bytes = Buffer.from(`fbff${'00'.repeat(30)}`, 'hex'); // its first letters differ between the two alphabets

  test.each([
    ['base64', bytes.toString('base64')],
    ['base64 without padding', bytes.toString('base64').replace('=', '')],
    ['base64url', bytes.toString('base64url')],
    ['base64url with padding', `${bytes.toString('base64url')}=`],
  ])('in %s', (_, text) => {
    expect(Buffer.from(config({ STORAGE_KEY: text }).storageKey)).toEqual(bytes);
  });

  test.each([
    ['of 31 bytes', randomBytes(31).toString('base64')],
    ['of 33 bytes', randomBytes(33).toString('base64')],
    ['in hex', randomBytes(32).toString('hex')],
    ['with a blank', ` ${randomBytes(32).toString('base64')}`],
    ['in both alphabets', `+_${randomBytes(32).toString('hex').slice(0, 41)}`],
    ['of other characters', '*'.repeat(43)],
  ])('not one %s; the message tells how to make one', (_, text) => {
    const found = problems({ STORAGE_KEY: text });
    expect(found).toEqual(['STORAGE_KEY must be 32 bytes in base64; "openssl rand -base64 32" makes such a key']);
  });

  test('is required', () => {
    expect(problems({ STORAGE_KEY: undefined })).toEqual(['STORAGE_KEY is not set']);
  });
});

const pkcs8 = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const pem = pkcs8(pair.privateKey);

describe('KIT_PRIVATE_KEY', () => {
  test.each([
    ['PKCS #8', pem],
    ['PKCS #1', pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['line ends written as \\n', pem.replaceAll('\n', '\\n')],
    ['line ends of Windows', pem.replaceAll('\n', '\r\n')],
    ['no line end at its end', pem.trimEnd()],
  ])('a PEM: %s', (_, text) => {
    const key = config({ KIT_PRIVATE_KEY: text }).kitPrivateKey;
    expect(key?.export({ type: 'pkcs8', format: 'pem' })).toBe(pem);
  });

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const short = generateKeyPairSync('rsa', { modulusLength: 1_024 });
  const signingOnly = generateKeyPairSync('rsa-pss', { modulusLength: 2_048 });
  const passphrase = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' } as const;

  test.each([
    ['the public half', pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['the lines between the first and the last', pem.split('\n').slice(1, -2).join('\n')],
    ['cut off', pem.slice(0, 500)],
    ['of another kind', pkcs8(ec.privateKey)],
    ['for signatures alone', pkcs8(signingOnly.privateKey)],
    ['too short', pkcs8(short.privateKey)],
    ['under a passphrase', pair.privateKey.export(passphrase).toString()],
    ['no PEM', 'secret'],
  ])('not one that is %s', (_, text) => {
    expect(problems({ KIT_PRIVATE_KEY: text })).toEqual([
      'KIT_PRIVATE_KEY must be the PEM of an RSA private key without a passphrase, of at least 2048 bits',
    ]);
  });
});

describe('EVENTS_URL and EVENTS_SECRET', () => {
  const url = 'https://events.example/koobridge?from=store';
  const secretOf = (bytes: number) => `whsec_${randomBytes(bytes).toString('base64')}`;

  test.each([24, 32, 64])('a secret of %i bytes', (bytes) => {
    const secret = secretOf(bytes);
    expect(config({ EVENTS_URL: url, EVENTS_SECRET: secret }).events).toEqual({ url, secret });
  });

  test.each([
    ['of 23 bytes', secretOf(23)],
    ['of 65 bytes', secretOf(65)],
    ['without its prefix', secretOf(32).slice('whsec_'.length)],
    ['in base64url', `whsec_${Buffer.alloc(32, 0xff).toString('base64url')}`],
    ['without its padding', secretOf(32).replace('=', '')],
  ])('not a secret %s', (_, secret) => {
    expect(problems({ EVENTS_URL: url, EVENTS_SECRET: secret })).toEqual([
      expect.stringMatching(/^EVENTS_SECRET must be whsec_ and 24 to 64 bytes in base64/),
    ]);
  });

  test.each([
    'events.example',
    'ftp://events.example',
    'https://user@events.example',
    'https://user:password@events.example',
    'https://:password@events.example',
  ])('not the address %s', (address) => {
    expect(problems({ EVENTS_URL: address, EVENTS_SECRET: secretOf(32) })).toEqual([
      expect.stringMatching(/^EVENTS_URL must /),
    ]);
  });

  test.each([{ EVENTS_URL: url }, { EVENTS_SECRET: secretOf(32) }])('not one without the other', (one) => {
    expect(problems(one)).toEqual(['EVENTS_URL and EVENTS_SECRET go together: set both, or none']);
  });
});
