import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newKey } from '../credentials.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { kitKeyPair } from './key-pair.ts';
import { application } from './messages.ts';
import { recordsOf, tenantRows } from './records.ts';
import { kitStore } from './store.ts';

const pair = kitKeyPair();
const another = kitKeyPair();
const secret = 'Zugang–密钥–of-acme';
const heard: { readonly change: string; readonly clientSecret: string | null; readonly key: string }[] = [];

const seller = sharedSeller({
  environment: { KIT_PRIVATE_KEY: pair.pem },
  handlers: {
    provisioning: {
      'application.synced': ({ data }, { clientSecret, idempotencyKey }) => {
        heard.push({ change: data.change, clientSecret, key: idempotencyKey });
        expect(Object.values(data)).not.toContain(clientSecret);
      },
    },
  },
});
const send = (message: object, oddities = {}) => {
  seller().clock.now += 1;
  return kitStore(seller()).send('applicationSync', { ...message }, oddities);
};

describe('the clientSecret of an applicationSync (R26)', () => {
  test.each(['sha256', 'sha1'] as const)('RSA-OAEP with %s opens, and the handler gets it', async (hash) => {
    const before = heard.length;
    const answer = await send(application(`T-${hash}`, pair.encrypt(`${secret} ${hash}`, hash)));
    expect(answer.resultCode).toBe('000000');
    await expect
      .poll(() => heard.slice(before))
      .toMatchObject([{ change: 'added', clientSecret: `${secret} ${hash}` }]);
  });

  test('RSA-OAEP as Java understands SHA-256, with a mask of SHA-1, opens too', async () => {
    const before = heard.length;
    expect((await send(application('T-java', pair.encryptLikeJava(secret)))).resultCode).toBe('000000');
    await expect.poll(() => heard.slice(before)).toMatchObject([{ clientSecret: secret }]);
  });

  test('a handler gets a later secret after a change, and none after a deletion', async () => {
    const before = heard.length;
    await send(application('T-changed', pair.encrypt('first')));
    await expect.poll(() => heard.length).toBe(before + 1);
    await send(application('T-changed', pair.encrypt('second'), { flag: 2 }));
    await expect.poll(() => heard.length).toBe(before + 2);
    await send(application('T-changed', 'not looked at', { flag: 0 }));
    await expect
      .poll(() => heard.slice(before))
      .toMatchObject([
        { change: 'added', clientSecret: 'first' },
        { change: 'modified', clientSecret: 'second' },
        { change: 'deleted', clientSecret: null },
      ]);
  });

  test.each([
    ['encrypted for another key', () => another.encrypt(secret)],
    ['no base64', () => '!?'],
    ['the bare text', () => secret],
    ['of another length', () => randomBytes(100).toString('base64')],
    ['of another label', () => pair.encryptLikeJava(secret, Buffer.alloc(32))],
    ['random', () => randomBytes(384).toString('base64')],
    ['bytes that are no text', () => pair.encrypt(Uint8Array.of(0xff, 0xfe))],
  ])('one that does not open is refused: %s', async (_name, encrypted) => {
    const rows = await tenantRows(seller().database);
    const answer = await send(application('T-shut', encrypted()));
    expect(answer).toMatchObject({ resultCode: '000002', resultMsg: expect.stringMatching(/^clientSecret: /) });
    expect(answer.text).not.toContain(secret);
    expect(await tenantRows(seller().database)).toEqual(rows);
    expect((await readLedger(seller().database)).receipts.at(-1)).toMatchObject({ result_code: '000002', hashed: 1 });
  });

  test('an empty one is none', async () => {
    const answer = await send(application('T-empty', ''));
    expect(answer).toMatchObject({ resultCode: '000002', resultMsg: expect.stringMatching(/^clientSecret: /) });
  });

  test('the signature is checked first: who does not sign learns nothing of the key', async () => {
    for (const encrypted of [pair.encrypt(secret), 'does not open']) {
      const answer = await send(application('T-stranger', encrypted), { key: newKey('theirs') });
      expect(answer).toMatchObject({ resultCode: '000001' });
    }
    expect(await recordsOf(seller(), 'T-stranger')).toEqual([]);
  });

  test('a replay is refused as such, whether or not its secret opens', async () => {
    const message = application('T-replay', another.encrypt(secret));
    expect((await send(message, { nonce: 'once' })).resultCode).toBe('000002');
    expect((await send(message, { nonce: 'once' })).resultCode).toBe('000001');
  });
});

describe('without KIT_PRIVATE_KEY', () => {
  const keyless = sharedSeller();

  test('nothing can be opened: 000005, so that the store says what is wrong', async () => {
    const { send: call } = kitStore(keyless());
    const answer = await call('applicationSync', application('T-1', pair.encrypt(secret)));
    expect(answer).toMatchObject({ resultCode: '000005', resultMsg: expect.stringContaining('KIT_PRIVATE_KEY') });
    expect(await recordsOf(keyless(), 'T-1')).toEqual([]);
  });

  test('deleting and debugging go on, and wrong members are named before the key is missed', async () => {
    const { send: call } = kitStore(keyless());
    const sealed = pair.encrypt(secret);
    expect((await call('applicationSync', application('T-1', 'x', { flag: 0 }))).resultCode).toBe('000000');
    expect((await call('applicationSync', application('T-1', sealed, { testFlag: 1 }))).resultCode).toBe('000000');
    expect((await call('applicationSync', application('T-1', sealed, { appId: '' }))).resultCode).toBe('000002');
  });
});
