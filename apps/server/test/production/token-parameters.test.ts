import { composeBody, signToken, tokenQuery } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { renewal, statusChange } from '../callbacks.ts';
import { sharedSeller, start } from '../seller.ts';
import { expectRefusal } from './refusal.ts';

const seller = sharedSeller();
const body = composeBody(renewal('PL-1', '20270101000000'));

/** A good token over the body, as its three parameters. */
function parameters(nonce = `n-${Math.random()}`, timestamp: number = start) {
  const { key } = seller().store;
  return signToken({ accessKey: key.secret, body, timestamp, nonce });
}

const join = (pairs: Readonly<Record<string, string>>): string =>
  Object.entries(pairs)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

const names = ['signature', 'timestamp', 'nonce'] as const;

describe('token parameters that are missing or malformed are refused (R2, R3, R7)', () => {
  const cases: [string, RegExp | undefined, () => string][] = [
    ['no query at all', /signature/, () => ''],
    ...names.flatMap((name): [string, RegExp | undefined, () => string][] => [
      [
        `${name} missing`,
        new RegExp(`"${name}"`),
        () => join(Object.fromEntries(Object.entries(parameters()).filter(([other]) => other !== name))),
      ],
      [`${name} empty`, new RegExp(`"${name}"`), () => join({ ...parameters(), [name]: '' })],
      [`${name} without an equals sign`, undefined, () => `${join({ ...parameters(), [name]: '' })}&${name}`],
      [`${name} doubled, equal`, /more than once/, () => doubled(name, (value) => value)],
      [`${name} doubled, different`, /more than once/, () => doubled(name, () => 'x')],
      [`${name} doubled, one of them empty`, /more than once/, () => doubled(name, () => '')],
      [`${name} over-long`, undefined, () => join({ ...parameters(), [name]: 'a'.repeat(1_000) })],
      [`${name} of 10 KB`, undefined, () => join({ ...parameters(), [name]: '1'.repeat(10_000) })],
      [`${name} with an encoded non-ASCII character`, undefined, () => appended(name, encodeURIComponent('é'))],
      [
        `${name} with full-width digits`,
        undefined,
        () => join({ ...parameters(), [name]: encodeURIComponent('１'.repeat(13)) }),
      ],
      [`${name} with an encoding that is no UTF-8`, undefined, () => appended(name, '%ff')],
      [`${name} with a broken encoding`, undefined, () => appended(name, '%')],
      [`${name} with an encoded NUL`, undefined, () => appended(name, '%00')],
      [`${name} with a blank`, undefined, () => appended(name, '%20')],
      [
        `${name} under a name in capitals`,
        new RegExp(`"${name}"`),
        () => join(parameters() as never).replace(name, name.toUpperCase()),
      ],
    ]),
    ['timestamp with a plus sign', /13 digits/, () => join({ ...parameters(), timestamp: `%2B${start}` })],
    ['timestamp with a minus sign', /13 digits/, () => join({ ...parameters(), timestamp: `-${start}` })],
    ['timestamp with a blank before it', /13 digits/, () => join({ ...parameters(), timestamp: `%20${start}` })],
    ['timestamp with letters', /13 digits/, () => join({ ...parameters(), timestamp: '17500000000ab' })],
    ['timestamp as a hexadecimal number', /13 digits/, () => join({ ...parameters(), timestamp: '0x19a3f4b8c00' })],
    ['timestamp with an exponent', /13 digits/, () => join({ ...parameters(), timestamp: '1.750000e+12' })],
    ['timestamp with decimals', /13 digits/, () => join({ ...parameters(), timestamp: `${start}.0` })],
    ['timestamp of 10 digits', /13 digits/, () => join({ ...parameters(), timestamp: String(start).slice(0, 10) })],
    ['timestamp of 14 digits', /13 digits/, () => join({ ...parameters(), timestamp: `${start}0` })],
    ['nonce of 129 characters', /nonce/, () => tokenQuery(parameters('n'.repeat(129)))],
    ['signature one digit short', /64/, () => cut((signature) => signature.slice(1))],
    ['signature one digit long', /64/, () => cut((signature) => `${signature}0`)],
    ['signature with a non-hex character', /64/, () => cut((signature) => `G${signature.slice(1)}`)],
    ['signature with a raw non-ASCII byte', undefined, () => cut((signature) => `ü${signature.slice(1)}`)],
    ['signature in base64', /64/, () => cut((signature) => Buffer.from(signature, 'hex').toString('base64url'))],
    [
      'a query copied from a help page that ate &times',
      /"timestamp"/,
      () => tokenQuery(parameters()).replace('&timestamp', '×tamp'),
    ],
  ];

  test.each(cases)('%s', async (_name, says, query) => {
    await expectRefusal(seller(), { resultCode: '000002', receipts: 0, ...(says && { says }) }, () =>
      seller().store.send(body, { query: query() }),
    );
  });

  const doubled = (name: (typeof names)[number], other: (value: string) => string): string => {
    const token = parameters();
    return `${tokenQuery(token)}&${name}=${other(token[name])}`;
  };
  const appended = (name: (typeof names)[number], more: string): string => {
    const token = parameters();
    return join({ ...token, [name]: `${token[name]}${more}` });
  };
  const cut = (change: (signature: string) => string): string => {
    const token = parameters();
    return join({ ...token, signature: change(token.signature) });
  };
});

describe('tokens that are not authentic are refused (R1, R2, R7)', () => {
  test.each([
    [
      'timestamp one millisecond outside the window, in the past',
      /past/,
      () => tokenQuery(parameters('a1', start - 60_001)),
    ],
    [
      'timestamp one millisecond outside the window, ahead',
      /future/,
      () => tokenQuery(parameters('a2', start + 60_001)),
    ],
    ['timestamp 0', /past/, () => tokenQuery({ ...parameters(), timestamp: '0000000000000' })],
    ['timestamp at the end of time', /future/, () => tokenQuery({ ...parameters(), timestamp: '9999999999999' })],
    ['another timestamp than was signed', /key/, () => tokenQuery({ ...parameters(), timestamp: String(start + 1) })],
    ['another nonce than was signed', /key/, () => tokenQuery({ ...parameters(), nonce: 'other' })],
    ['a signature of zeros', /key/, () => tokenQuery({ ...parameters(), signature: '0'.repeat(64) })],
  ])('%s', async (_name, says, query) => {
    await expectRefusal(seller(), { resultCode: '000001', receipts: 0, says }, () =>
      seller().store.send(body, { query: query() }),
    );
  });

  test('a byte of the body changed after it was signed', async () => {
    await expectRefusal(seller(), { resultCode: '000001', receipts: 0 }, () =>
      seller().store.send(body.replace('PL-1', 'PL-2'), { query: tokenQuery(parameters()) }),
    );
  });
});

describe('tokens that are accepted', () => {
  let change = 0;
  test.each([
    ['exactly 60,000 ms old', () => ({ timestamp: start - 60_000 })],
    ['exactly 60,000 ms ahead', () => ({ timestamp: start + 60_000 })],
    ['a nonce of 1 character', () => ({ nonce: '~' })],
    ['a nonce of 128 characters', () => ({ nonce: 'n'.repeat(128) })],
    ['a nonce of every visible ASCII character', () => ({ nonce: visible })],
  ])('%s', async (_name, oddity) => {
    change += 1;
    const answer = await seller().store.send(statusChange(`PL-ok-${change}`, 'FREEZE'), oddity());
    expect(answer.resultCode).toBe('000000');
  });

  test.each([
    ['upper case', (signature: string) => signature.toUpperCase()],
    ['lower case', (signature: string) => signature.toLowerCase()],
  ])('a signature in %s', async (_name, convert) => {
    const token = parameters();
    const query = tokenQuery({ ...token, signature: convert(token.signature) });
    expect((await seller().store.send(body, { query })).resultCode).toBe('000000');
  });

  test('with other parameters around it (R8)', async () => {
    const query = `contentType=application/json&${tokenQuery(parameters())}&x=%ff&x`;
    expect((await seller().store.send(body, { query })).resultCode).toBe('000000');
  });
});

const visible = Array.from({ length: 0x7e - 0x21 + 1 }, (_, index) => String.fromCharCode(0x21 + index)).join('');
