import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyRings, refusalSentence, signToken, tokenQuery, tokenRefusals, verifyToken } from '../../src/index.ts';
import { anyQuery, body, nonce, now, signedRequest } from './requests.ts';

/** Secrets that occur nowhere by chance. */
const secret = fc.stringMatching(/^[A-Za-z0-9]{20}$/).map((text) => `key:${text}`);

test('no verification contains the key, whatever the request', () => {
  fc.assert(
    fc.property(secret, anyQuery, (accessKey, query) => {
      const request = signedRequest({ accessKey });
      for (const each of [request, { ...request, query }, { ...request, body: Buffer.from('{}') }]) {
        const verification = verifyToken(each);
        expect(JSON.stringify(verification)).not.toContain(accessKey);
        expect(inspect(verification, { depth: null, showHidden: true })).not.toContain(accessKey);
      }
    }),
  );
});

test('no token contains the key', () => {
  fc.assert(
    fc.property(secret, (accessKey) => {
      const token = signToken({ accessKey, body, nonce, timestamp: now });
      expect(JSON.stringify(token) + tokenQuery(token)).not.toContain(accessKey);
    }),
  );
});

test('no complaint about a configuration contains the key', () => {
  const spoil = fc.constantFrom(
    (key: string) => ({ base: [{ id: '', secret: key }] }),
    (key: string) => ({ base: [{ id: 1, secret: key }] }),
    (key: string) => ({ base: [{ id: 'a', secret: [key] }] }),
    (key: string) => ({
      base: [
        { id: 'a', secret: key },
        { id: 'a', secret: key },
      ],
    }),
    (key: string) => ({ base: { id: 'a', secret: key } }),
    (key: string) => ({ wrong: [{ id: 'a', secret: key }] }),
    (key: string) => key,
  );
  fc.assert(
    fc.property(secret, spoil, (accessKey, spoiled) => {
      const parsed = KeyRings.safeParse(spoiled(accessKey));
      expect(parsed.success).toBe(false);
      expect(inspect(parsed.error, { depth: null, showHidden: true })).not.toContain(accessKey);
      expect(JSON.stringify(parsed.error?.issues) + parsed.error?.message).not.toContain(accessKey);
    }),
  );
});

test('sentences for people are fixed texts', () => {
  for (const refusal of tokenRefusals) expect(refusalSentence(refusal)).not.toMatch(/\$\{|undefined/);
});
