import { randomUUID } from 'node:crypto';
import { composeBody, keyClasses, signToken, tokenQuery } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { admitWith } from '../../src/production/admit.ts';
import { purchase, release, renewal, statusChange } from '../callbacks.ts';
import { keyRings, newKey } from '../credentials.ts';
import { nothing, readLedger } from '../ledger-content.ts';
import { start, startSeller } from '../seller.ts';

const expireTime = '20270101000000';
const otherClasses = keyClasses.filter((name) => name !== 'license');
const messages = [renewal('PL-1', expireTime), statusChange('PL-1', 'FREEZE'), release('PL-1')];

const signing = (accessKey: string, timestamp: number) => ({ accessKey, timestamp, nonce: randomUUID() });

const received = (body: string) => ({
  bytes: Buffer.from(body),
  text: () => body,
  json: () => ({ ok: true, value: JSON.parse(body) as unknown }) as const,
});

describe('each class of interfaces has its own keys (R6)', () => {
  test('a key is replaced without an outage: old and new are accepted, and a removed one is not', async () => {
    const [old, young] = [newKey('2025'), newKey('2026')];
    const rotating = keyRings({ license: [old, young] });
    const seller = await startSeller({ environment: { KOOBRIDGE_KEYS: JSON.stringify(rotating) } });
    for (const key of [old, young]) {
      expect((await seller.store.send(renewal('PL-1', expireTime), { key })).resultCode).toBe('000000');
    }
    expect((await readLedger(seller.database)).receipts.map(({ key_id }) => key_id)).toEqual([
      'license/2025',
      'license/2026',
    ]);
    await seller.restart({ KOOBRIDGE_KEYS: JSON.stringify({ ...rotating, license: [young] }) });
    expect((await seller.store.send(renewal('PL-1', expireTime), { key: old })).resultCode).toBe('000001');
    expect((await seller.store.send(renewal('PL-1', expireTime), { key: young })).resultCode).toBe('000000');
  });

  test('License activities are refused under a key of every other class', async () => {
    const { store, config, database } = await startSeller();
    for (const name of otherClasses) {
      const [key = newKey('none')] = config.keys[name];
      for (const message of messages) expect((await store.send(message, { key })).resultCode).toBe('000001');
    }
    expect(await readLedger(database)).toEqual({ receipts: [], ...nothing });
  });

  test('an empty license ring refuses everything', async () => {
    const theirs = newKey('theirs');
    const keys = keyRings({ license: [] });
    const seller = await startSeller({ environment: { KOOBRIDGE_KEYS: JSON.stringify(keys) } });
    for (const message of messages) {
      expect((await seller.store.send(message, { key: theirs })).resultCode).toBe('000001');
    }
  });

  test.each(keyClasses)(
    'an unreadable body and an unknown activity are known to come from the store by its %s key',
    async (name) => {
      const { store, config, database } = await startSeller();
      const [key = newKey('none')] = config.keys[name];
      for (const body of ['not JSON', '', '{"activity":"newThing"}', '[]']) {
        expect((await store.send(body, { key })).resultCode).toBe('000002');
        expect((await store.send(body, { key: newKey('theirs') })).resultCode).toBe('000001');
      }
      expect(new Set((await readLedger(database)).receipts.map(({ key_id }) => key_id))).toEqual(
        new Set([`${name}/${name}-1`]),
      );
    },
  );

  test('a long body that names nothing is read as it was received only; a short one is sorted too', async () => {
    const { store, clock } = await startSeller();
    const signedSorted = (filler: string) => {
      const body = `{ "z": "${filler}", "a": 1 }`;
      const signed = composeBody({ a: 1, z: filler });
      return store.send(body, {
        query: tokenQuery(signToken({ ...signing(store.key.secret, clock.now), body: signed })),
      });
    };
    expect((await signedSorted('short')).resultCode).toBe('000002');
    expect((await signedSorted('x'.repeat(70_000))).resultCode).toBe('000001');
    expect((await store.send(`{"z":"${'x'.repeat(70_000)}"}`)).resultCode).toBe('000002');
  });

  test('after a long body with a wrong signature only the bytes as received are tried of the next, for 2 seconds', () => {
    const rings = keyRings();
    const [key = newKey('none')] = rings.base;
    const admit = admitWith(rings, ['raw', 'sorted']);
    const now = start;
    const message = purchase({ filler: 'x'.repeat(70_000) });
    const spaced = JSON.stringify(message, undefined, 1);
    const query = (body: string, secret: string) => tokenQuery(signToken({ ...signing(secret, now), body }));
    const isAdmitted = (body: string, signed: string, secret = key.secret) =>
      admit(query(signed, secret), received(body), now).ok;
    expect(isAdmitted(spaced, composeBody(message))).toBe(true);
    expect(isAdmitted(spaced, spaced, 'a stranger’s')).toBe(false);
    expect(isAdmitted(spaced, composeBody(message))).toBe(false);
    expect(isAdmitted(spaced, spaced)).toBe(true);
    const short = purchase();
    expect(isAdmitted(JSON.stringify(short, undefined, 1), composeBody(short))).toBe(true);
  });

  test('the first bytes of a key, or a key and a blank, are not the key', async () => {
    const { store } = await startSeller();
    const { id, secret } = store.key;
    for (const wrong of [secret.slice(0, -1), `${secret} `, secret.toLowerCase(), ' ']) {
      const answer = await store.send(renewal('PL-1', expireTime), { key: { id, secret: wrong } });
      expect(answer.resultCode).toBe('000001');
    }
  });

  test('a key may be of any characters', async () => {
    const license = [newKey('plain'), { id: 'unicode', secret: '密钥 with "quotes" \\ and %' }];
    const seller = await startSeller({ environment: { KOOBRIDGE_KEYS: JSON.stringify(keyRings({ license })) } });
    for (const key of license) {
      expect((await seller.store.send(renewal('PL-1', expireTime), { key })).resultCode).toBe('000000');
    }
  });
});
