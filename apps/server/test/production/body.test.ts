import { composeBody } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { type Message, renewal } from '../callbacks.ts';
import { newKey } from '../credentials.ts';
import { sharedSeller } from '../seller.ts';
import { expectRefusal } from './refusal.ts';

const seller = sharedSeller();
const expireTime = '20270101000000';
const good = (more: Message = {}): string => composeBody(renewal('PL-1', expireTime, more));
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const withMember = (member: string): string => good().replace(/}$/, `,${member}}`);
const utf16 = Buffer.from(good(), 'utf16le');
const bom = '\uFEFF';

const unreadable: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ['empty', '', /empty/],
  ['a blank', ' ', /not JSON/],
  ['not JSON', 'activity=refreshLicenseCode', /not JSON/],
  ['JSON cut short', good().slice(0, -1), /not JSON/],
  ['JSON with something behind it', `${good()}{}`, /not JSON/],
  ['JSON with a comment', withMember('/* */"a":1'), /not JSON/],
  ['JSON with single quotes', good().replaceAll('"', "'"), /not JSON/],
  ['a number that JSON does not know', withMember('"a":NaN'), /not JSON/],
  ['an unescaped line break in a text', withMember('"a":"\n"'), /not JSON/],
  ['a byte order mark before JSON', bom + good(), /byte order mark/],
  ['UTF-16', utf16, /not (JSON|UTF-8)/],
  [
    'invalid UTF-8 in a text',
    Buffer.concat([Buffer.from('{"activity":"'), Buffer.from([0xff]), Buffer.from('"}')]),
    /not UTF-8/,
  ],
  [
    'an overlong UTF-8 encoding',
    Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
    /not UTF-8/,
  ],
  [
    'UTF-8 of half a surrogate pair',
    Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    /not UTF-8/,
  ],
];

const noObject: readonly (readonly [string, string, RegExp])[] = [
  ['null', 'null', /^body: /],
  ['a number', '42', /^body: /],
  ['a text', '"refreshLicenseCode"', /^body: /],
  ['an array', `[${good()}]`, /^(body|activity): /],
  ['an array 200 levels deep', nested(200), /^(body|activity): /],
  ['an array 100,000 levels deep', nested(100_000), /^(body|activity|The body)/],
  ['an empty object', '{}', /^activity: /],
];

describe('a body that cannot be read', () => {
  test.each([...unreadable, ...noObject])('signed by the store, %s', async (_name, body, says) => {
    await expectRefusal(seller(), { resultCode: '000002', receipts: 1, says }, () => seller().store.send(body));
  });

  test.each([...unreadable, ...noObject])('signed by somebody else, %s (R6)', async (_name, body) => {
    await expectRefusal(seller(), { resultCode: '000001', receipts: 0 }, () =>
      seller().store.send(body, { key: newKey('theirs') }),
    );
  });
});

describe('an activity nobody knows', () => {
  test.each([
    ['unknown', good({ activity: 'refreshLicence' })],
    ['in other letters', good({ activity: 'REFRESHLICENSECODE' })],
    ['empty', good({ activity: '' })],
    ['null', good({ activity: null })],
    ['a number', good({ activity: 1 })],
    ['an object', good({ activity: {} })],
    ['an array', good({ activity: ['refreshLicenseCode'] })],
    ['a name every object has', good({ activity: 'constructor' })],
    ['__proto__', good({ activity: '__proto__' })],
  ])('%s', async (_name, body) => {
    await expectRefusal(seller(), { resultCode: '000002', receipts: 1, says: /^activity: / }, () =>
      seller().store.send(body),
    );
  });

  test('signed by nobody', async () => {
    await expectRefusal(seller(), { resultCode: '000001', receipts: 0 }, () =>
      seller().store.send(good({ activity: 'refreshLicence' }), { key: newKey('theirs') }),
    );
  });
});

describe('a member name that occurs twice (R5)', () => {
  test('is nobody’s business when it is not signed', async () => {
    await expectRefusal(seller(), { resultCode: '000001', receipts: 0 }, () =>
      seller().store.send(withMember('"license":"PL-2"'), { key: newKey('theirs') }),
    );
  });

  test('the name may be of any length', async () => {
    const name = 'n'.repeat(5_000);
    await expectRefusal(seller(), { resultCode: '000002', receipts: 1, says: /^nnn/ }, () =>
      seller().store.send(withMember(`"${name}":1,"${name}":2`)),
    );
  });
});

describe('what a body may hold besides (R10)', () => {
  test('white space and other orders of members, signed as they are sent', async () => {
    const { license, activity, ...rest } = renewal('PL-1', expireTime);
    const answer = await seller().store.send(JSON.stringify({ license, ...rest, activity }, null, '\t'));
    expect(answer.resultCode).toBe('000000');
  });
});
