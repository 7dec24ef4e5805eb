import { describe, expect, test } from 'vitest';
import { type MistakeId, type RequestParts, sortMembers } from '../../src/index.ts';
import {
  address,
  baseRequest,
  baseSignature,
  bodyA,
  explained,
  gist,
  hmac,
  kitAddress,
  kitBody,
  kitRequest,
  kitSignature,
  nonce,
  secret,
  secretOf,
  sha256,
  timestamp,
} from './requests.ts';

type Case = readonly [MistakeId | readonly MistakeId[], RequestParts];

const seconds = timestamp.slice(0, 10);
const good = baseSignature(bodyA);
const inner = hmac(secret, bodyA);
const head = [secret, nonce, timestamp] as const;
const query = (signature: string) => `${address}?signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`;
const withQuery = (text: string): RequestParts => ({ method: 'POST', url: `${address}?${text}`, body: bodyA });
const signedAs = (payload: string | Uint8Array, body: string | Uint8Array): RequestParts =>
  baseRequest(baseSignature(payload), body);

const placeAndSpelling: readonly Case[] = [
  [
    'token-in-query',
    { ...baseRequest(kitSignature(kitBody), kitBody), url: query(kitSignature(kitBody)).replace(address, kitAddress) },
  ],
  ['token-in-headers', { ...kitRequest(good, bodyA), url: address }],
  ['token-misnamed', withQuery(`x-sign=${good}&x-timestamp=${timestamp}&x-nonce=${nonce}`)],
  ['token-misnamed', { ...kitRequest(''), headers: { signature: kitSignature(kitBody), timestamp, nonce } }],
  ['times-entity', withQuery(`signature=${good}×tamp=${timestamp}&nonce=${nonce}`)],
  ['times-entity', withQuery(`signature=${good}%C3%97tamp=${timestamp}&nonce=${nonce}`)],
  ['times-entity', withQuery(`×tamp=${timestamp}&signature=${good}&nonce=${nonce}`)],
  ['ampersand-entity', withQuery(`signature=${good}&amp;timestamp=${timestamp}&amp;nonce=${nonce}`)],
  ['parameter-repeated', { ...baseRequest(good), url: `${query(good)}&nonce=other` }],
  ['timestamp-in-seconds', baseRequest(baseSignature(bodyA, secret, nonce, seconds), bodyA, nonce, seconds)],
  [
    'timestamp-malformed',
    baseRequest(baseSignature(bodyA, secret, nonce, `${timestamp}4`), bodyA, nonce, `${timestamp}4`),
  ],
  ['nonce-malformed', baseRequest(baseSignature(bodyA, secret, 'a b'), bodyA, 'a b')],
  ['nonce-malformed', baseRequest(baseSignature(bodyA, secret, 'n'.repeat(129)), bodyA, 'n'.repeat(129))],
  ['signature-base64', baseRequest(Buffer.from(good, 'hex').toString('base64'))],
  ['signature-truncated', baseRequest(good.slice(0, 32))],
  ['signature-decorated', baseRequest(`"${good}"`)],
  ['signature-decorated', baseRequest(`0x${good} `)],
];

const keysAndFormula: readonly Case[] = [
  ['key-of-another-class', baseRequest(baseSignature(bodyA, secretOf('license')))],
  ['key-with-blanks', baseRequest(baseSignature(bodyA, `${secret}\n`))],
  ['inner-sha256', baseRequest(hmac(secret, ...head, sha256(bodyA)))],
  ['inner-upper-case', baseRequest(hmac(secret, ...head, inner.toUpperCase()))],
  ['inner-base64', baseRequest(hmac(secret, ...head, Buffer.from(inner, 'hex').toString('base64')))],
  ['formula-of-kit', baseRequest(hmac(secret, ...head, bodyA))],
  ['formula-of-base', kitRequest(baseSignature(kitBody, secretOf('kit')))],
  ['outer-key-empty', baseRequest(hmac('', ...head, inner))],
  ['outer-key-nonce', baseRequest(hmac(nonce, ...head, inner))],
  ['hmac-left-out', baseRequest(sha256(...head, inner))],
  ['parts-reordered', baseRequest(hmac(secret, secret, timestamp, nonce, inner))],
  ['access-key-left-out', baseRequest(hmac(secret, nonce, timestamp, inner))],
  ['separator-added', baseRequest(hmac(secret, [...head, inner].join('&')))],
  ['separator-added', baseRequest(hmac(secret, [...head, inner].join('\n')))],
];

const signedWith = (n: string, t = timestamp) => baseSignature(bodyA, secret, n, t);
const nonceAndTimestamp: readonly Case[] = [
  ['timestamp-cut', baseRequest(signedWith(nonce, seconds))],
  [
    ['timestamp-in-seconds', 'timestamp-extended'],
    baseRequest(signedWith(nonce, `${seconds}000`), bodyA, nonce, seconds),
  ],
  ['nonce-encoded', baseRequest(signedWith('a%2Bb%3D'), bodyA, 'a+b=')],
  ['nonce-decoded-twice', baseRequest(signedWith('aAb'), bodyA, 'a%41b')],
  ['nonce-plus-as-blank', baseRequest(signedWith('a b'), bodyA, 'a+b')],
];

const pair = (inside: string) => `{"activity":"newInstance","z":${inside}}`;
const unsorted = '{"z":{"y":1,"x":2},"activity":"newInstance","n":null,"b":"2"}';
const named = pair('"测试é"');
const bom = '\uFEFF';
const bodies: readonly Case[] = [
  ['body-left-out', signedAs('', bodyA)],
  ['body-newline-added', signedAs(`${bodyA}\n`, bodyA)],
  ['body-newline-added', signedAs(`${bodyA}\r\n`, bodyA)],
  ['body-blanks-removed', signedAs(unsorted, `${unsorted}\n`)],
  ['body-bom-added', signedAs(bom + bodyA, bodyA)],
  ['body-bom-removed', signedAs(bodyA, bom + bodyA)],
  ['body-line-ends-changed', signedAs('{\n"b": 1}', '{\r\n"b": 1}')],
  ['body-line-ends-changed', signedAs('{\r\n"b": 1}', '{\n"b": 1}')],
  ['body-read-as-latin1', signedAs(Buffer.from(named).toString('latin1'), named)],
  ['body-written-as-latin1', signedAs(Buffer.from(pair('"é?"'), 'latin1'), pair('"é测"'))],
  ['body-quoted', signedAs(JSON.stringify(bodyA), bodyA)],
  ['body-reserialised', signedAs('{"z":1,"activity":"newInstance"}', '{"z": 1, "activity": "newInstance"}')],
  ['body-spaced', signedAs('{"activity": "newInstance", "z": [1, 2]}', pair('[1,2]'))],
  ['body-indented', signedAs(JSON.stringify(JSON.parse(bodyA), null, 2), bodyA)],
  [
    'body-indented',
    signedAs(JSON.stringify(JSON.parse(pair('[{},[],{"a":[1]}]')), null, 4), pair('[{},[],{"a":[1]}]')),
  ],
  ['body-indented', signedAs(JSON.stringify(JSON.parse(bodyA), null, '\t'), bodyA)],
  ['body-sorted-descending', signedAs('{"z":{"y":1,"x":2},"b":"2","activity":"newInstance"}', unsorted)],
  ['body-sorted-deep', signedAs('{"activity":"newInstance","b":"2","z":{"x":2,"y":1}}', unsorted)],
  ['body-nulls-kept', signedAs('{"activity":"newInstance","b":"2","n":null,"z":{"y":1,"x":2}}', unsorted)],
  ['body-nulls-dropped', signedAs('{"z":{"y":1,"x":2},"activity":"newInstance","b":"2"}', unsorted)],
  ['body-escaped', signedAs(pair('"\\u6d4b\\u8bd5\\u00e9"'), named)],
  ['body-escaped', signedAs(pair('"\\u6D4B\\u8BD5\\u00E9"'), named)],
  ['body-escaped', signedAs(pair('"\\ud83d\\ude00"'), pair('"😀"'))],
  ['body-unescaped', signedAs('{"z":"é","activity":"newInstance"}', '{"z":"\\u00e9","activity":"newInstance"}')],
  ['body-slashes-escaped', signedAs(pair('"https:\\/\\/a"'), pair('"https://a"'))],
  ['body-html-escaped', signedAs(pair('"a\\u003cb\\u0026c"'), pair('"a<b&c"'))],
  ['body-numbers-rewritten', signedAs(pair('12.5'), pair('12.50'))],
];

const several: readonly Case[] = [
  [['body-slashes-escaped', 'body-escaped'], signedAs(pair('"\\/\\u00e9"'), pair('"/é"'))],
  [['body-spaced', 'body-escaped'], signedAs('{"activity": "newInstance", "z": "\\u00e9"}', pair('"é"'))],
  [['body-newline-added', 'inner-sha256'], baseRequest(hmac(secret, ...head, sha256(`${bodyA}\n`)))],
  [['key-of-another-class', 'timestamp-cut'], baseRequest(baseSignature(bodyA, secretOf('kit'), nonce, seconds))],
  [
    ['times-entity', 'signature-base64', 'outer-key-empty'],
    withQuery(
      `signature=${Buffer.from(hmac('', ...head, inner), 'hex').toString('base64')}×tamp=${timestamp}&nonce=${nonce}`,
    ),
  ],
  [
    ['token-in-query', 'formula-of-base'],
    { url: query(baseSignature(kitBody, secretOf('kit'))).replace(address, kitAddress), body: kitBody },
  ],
  [
    ['key-of-another-class', 'body-indented'],
    kitRequest(kitSignature(JSON.stringify(JSON.parse(kitBody), null, 2), secret)),
  ],
];

const tokenCases: readonly Case[] = [
  ...placeAndSpelling,
  ...keysAndFormula,
  ...nonceAndTimestamp,
  ...bodies,
  ...several,
];

describe.each(tokenCases)('%s', (expected, request) => {
  test('is explained as exactly that', () => {
    expect(gist(explained(request))).toEqual([expected].flat());
  });
});

test('the sorted form of the same body is a reading and no mistake', () => {
  expect(gist(explained(signedAs(sortMembers(unsorted) ?? '', unsorted)))).toBe('sorted');
});

test('what nothing explains is said to be so, with the work done', () => {
  const explanation = explained(baseRequest('0'.repeat(64)));
  expect(explanation).toMatchObject({ outcome: 'unexplained', scheme: 'security-token', findings: [] });
  expect(explanation.outcome === 'unexplained' && explanation.tried).toBeGreaterThan(500);
});
