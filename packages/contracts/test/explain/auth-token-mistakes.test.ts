import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { authTokenQuery, type MistakeId, type RequestParts, signAuthTokenBody } from '../../src/index.ts';
import { address, explained, gist, secretOf } from './requests.ts';

type Case = readonly [MistakeId | readonly MistakeId[], RequestParts];
type Pairs = readonly (readonly [string, string])[];

const key = secretOf('v1');
const time = '20250615150640123';
const kitTime = '20250615230640123';

/** In no order, with an empty value, a blank, and upper case that sorts first. */
const pairs: Pairs = [
  ['timeStamp', time],
  ['activity', 'upgrade'],
  ['Zone', 'a b'],
  ['empty', ''],
  ['saasExtendParams', 'W3siYSI6MX0='],
];
const ascending = (list: Pairs): Pairs => list.toSorted(([a], [b]) => (a < b ? -1 : 1));
const joined = (list: Pairs, separator = '&') => list.map(([name, value]) => `${name}=${value}`).join(separator);
const sign = (text: string, with_: string = key + time) => createHmac('sha256', with_).update(text).digest('base64');
const encoded = (list: Pairs): Pairs => list.map(([name, value]) => [name, encodeURIComponent(value)]);

const get = (token: string, list: Pairs = pairs): RequestParts => ({
  method: 'GET',
  url: `${address}?${joined(encoded([...list, ['authToken', token]]))}`,
});
const right = sign(joined(ascending(pairs)));
const changed = (change: (list: Pairs) => Pairs) => get(sign(joined(change(ascending(pairs)))));

const kitBody = JSON.stringify({
  timeStamp: kitTime,
  instanceId: 'i-1',
  name: 'a/b',
  empty: '',
  nothing: null,
  flag: 1,
});
const members: Pairs = [
  ['flag', '1'],
  ['instanceId', 'i-1'],
  ['name', 'a/b'],
  ['timeStamp', kitTime],
];
const post = (authToken: string): RequestParts => ({
  method: 'POST',
  url: `${address}/produceAPI/tenantSync`,
  headers: { authToken, 'Content-Type': 'application/json' },
  body: kitBody,
});
const signMembers = (list: Pairs) => sign(joined(ascending(list)), key + kitTime);

/** A query whose token holds a plus sign, sent unencoded and read as a form. */
const withPlus = Array.from({ length: 99 }, (_, at): Pairs => [...pairs, ['at', String(at)]]).find((list) =>
  sign(joined(ascending(list))).includes('+'),
);

const cases: readonly Case[] = [
  ['key-of-another-class', get(sign(joined(ascending(pairs)), secretOf('base') + time))],
  ['key-with-blanks', get(sign(joined(ascending(pairs)), `${key}\n${time}`))],
  ['key-without-time-stamp', get(sign(joined(ascending(pairs)), key))],
  ['key-behind-time-stamp', get(sign(joined(ascending(pairs)), time + key))],
  [
    'hmac-left-out',
    get(
      createHash('sha256')
        .update(joined(ascending(pairs)))
        .digest('base64'),
    ),
  ],
  ['values-encoded', changed(encoded)],
  [
    'values-encoded',
    changed((list) => list.map(([name, value]) => [name, encodeURIComponent(value).replace('%20', '+')])),
  ],
  ['values-decoded-twice', get(sign(joined(ascending([...pairs, ['x', 'aAb']]))), [...pairs, ['x', 'a%41b']])],
  ['blank-values-skipped', changed((list) => list.filter(([, value]) => value !== ''))],
  ['auth-token-included', changed((list) => ascending([...list, ['authToken', '']]))],
  ['time-stamp-left-out', changed((list) => list.filter(([name]) => name !== 'timeStamp'))],
  ['parameters-unsorted', get(sign(joined(pairs)))],
  ['parameters-sorted-descending', changed((list) => list.toReversed())],
  [
    'parameters-sorted-ignoring-case',
    changed((list) => list.toSorted(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))),
  ],
  ['separator-left-out', get(sign(joined(ascending(pairs), '')))],
  ['signature-hex', get(Buffer.from(right, 'base64').toString('hex'))],
  ['auth-token-plus-as-blank', get(sign(joined(ascending(withPlus ?? []))).replaceAll('+', ' '), withPlus)],
  [
    'auth-token-misplaced',
    { method: 'GET', url: `${address}?${joined(encoded(pairs))}`, headers: { authToken: right } },
  ],
  [
    'time-stamp-malformed',
    get(sign(joined([['timeStamp', '201706211855321']]), `${key}201706211855321`), [['timeStamp', '201706211855321']]),
  ],
  [['key-without-time-stamp', 'values-encoded'], get(sign(joined(ascending(encoded(pairs))), key))],

  ['blank-values-kept', post(signMembers([...members, ['empty', ''], ['nothing', '']]))],
  ['blank-values-kept', post(signMembers([...members, ['empty', ''], ['nothing', 'null']]))],
  ['values-encoded', post(signMembers(encoded(members)))],
  ['time-stamp-left-out', post(signMembers(members.filter(([name]) => name !== 'timeStamp')))],
  [
    'auth-token-misplaced',
    { method: 'POST', url: `${address}?authToken=${encodeURIComponent(signMembers(members))}`, body: kitBody },
  ],
];

describe.each(cases)('%s', (expected, request) => {
  test('is explained as exactly that', () => {
    expect([...[gist(explained(request))].flat()].sort()).toEqual([expected].flat().sort());
  });
});

describe('requests of V1 that verify', () => {
  test('by GET, the time in UTC', () => {
    expect(explained({ method: 'GET', url: `${address}?${authTokenQuery(key, pairs)}` })).toMatchObject({
      outcome: 'verifies',
      scheme: 'auth-token-query',
      keyId: 'v',
      keyClass: 'v1',
      reading: 'percent',
      clockSkewMs: Date.UTC(2025, 5, 15, 15, 6, 40, 123) - 1_750_000_000_123,
    });
  });

  test('with plus signs that stand for blanks', () => {
    expect(gist(explained({ url: `${address}?${authTokenQuery(key, pairs).replace('%20', '+')}` }))).toBe('form');
  });

  test('by POST, the time in that of Beijing', () => {
    const explanation = explained(post(signAuthTokenBody(key, kitBody)));
    expect(explanation).toMatchObject({
      outcome: 'verifies',
      scheme: 'auth-token-header',
      reading: 'members',
      clockSkewMs: Date.UTC(2025, 5, 15, 15, 6, 40, 123) - 1_750_000_000_123,
    });
  });
});
