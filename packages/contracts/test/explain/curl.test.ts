import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRequest } from '../../src/explain/request.ts';
import { type RequestToPrint, toCurl } from '../../src/index.ts';
import {
  address,
  baseRequest,
  baseSignature,
  bodyA,
  explained,
  gist,
  kitRequest,
  kitSignature,
  nonce,
  timestamp,
} from './requests.ts';

const good = baseSignature(bodyA);
const url = `${address}?signature=${good}&timestamp=${timestamp}&nonce=${nonce}`;
const body = JSON.stringify(bodyA).slice(1, -1);

describe('a command line that verifies', () => {
  test.each([
    ['in single quotes', `curl -X POST '${url}' -H 'Accept: application/json' -d '${bodyA}'`],
    ['in double quotes', `curl "${url}" --data-raw "${body}"`],
    [
      'over several lines',
      `$ curl --request POST \\\n  --url '${url}' \\\r\n  --header 'A: b' \\\n  --data-binary '${bodyA}'\n`,
    ],
    ['in dollar quotes', `curl '${url}' -d $'${bodyA.replaceAll('"', '\\x22').replaceAll('{', '\\u007b')}'`],
    ['with short options run together', `curl -sSXPOST -k '${url}' -d'${bodyA}' -o /dev/null -m 5`],
    ['with --json', `curl --json '${bodyA}' '${url}'`],
    [
      'with the query by -G',
      `curl -G ${address} -d signature=${good} -d timestamp=${timestamp} --data-urlencode nonce=${nonce} -X POST`,
    ],
  ])('%s', (name, line) => {
    const expected = name === 'with the query by -G' ? 'unexplained' : 'raw';
    expect(gist(explained(line))).toBe(expected);
  });

  test('with an unquoted address is read on, and told', () => {
    const explanation = explained(`curl ${url} -d '${bodyA}'`);
    expect(explanation).toMatchObject({ outcome: 'verifies', findings: [{ id: 'curl-ampersand-unquoted' }] });
  });

  test('with an unknown option is read on, and told', () => {
    const explanation = explained(`curl --frobnicate '${url}' -d '${bodyA}'`);
    expect(explanation).toMatchObject({ outcome: 'verifies', findings: [{ id: 'curl-option-ignored' }] });
  });
});

test('of a repeated header the first counts, in whatever case', () => {
  const reading = readRequest(`curl '${address}' -H 'x-sign: 1' -H 'X-Sign: 2' -H 'x-sign: 3' -H 'Empty;' -H 'Gone:'`);
  expect(reading.ok && [...reading.request.headers].sort()).toEqual([
    ['empty', ''],
    ['x-sign', '1'],
  ]);
});

test('-G makes the data a query', () => {
  const reading = readRequest(`curl -G '${address}?a=1' -d b=2 --data-urlencode 'c=x y&z'`);
  expect(reading).toMatchObject({ ok: true, request: { method: 'GET', query: 'a=1&b=2&c=x%20y%26z' } });
});

test.each([
  ["curl 'x", 'quote-unclosed'],
  ['curl "x\\"', 'quote-unclosed'],
  ["curl $'x\\'", 'quote-unclosed'],
  ['wget http://x', 'not-curl'],
  ['', 'not-curl'],
  ['curl -X POST', 'address-missing'],
  ['curl http://x -d @body.json', 'body-in-file'],
  ['curl http://x -H @headers', 'body-in-file'],
  ['curl http://x', 'no-token'],
])('%s: %s', (line, problem) => {
  expect(explained(line)).toMatchObject({ outcome: 'unreadable', problem });
});

const headerName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,15}$/);
const withoutNul = (text: string) => text.toWellFormed().replaceAll('\0', '');
const anyRequest: fc.Arbitrary<RequestToPrint> = fc.record({
  method: fc.constantFrom('POST', 'GET', 'PUT'),
  url: fc.webUrl({ withQueryParameters: true }),
  headers: fc.dictionary(
    headerName,
    fc.string({ unit: 'grapheme' }).map((text) => withoutNul(text).trim()),
    { maxKeys: 4 },
  ),
  body: fc.oneof(
    fc.string({ unit: 'binary' }).map(withoutNul),
    fc.json(),
    fc.uint8Array().map((bytes) => bytes.filter((byte) => byte !== 0)),
    fc.constantFrom("it's", '@file', '\\', "$'", '\n', '\u00e9a', '', '-d'),
  ),
});

test('what is printed is read as the same request', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const line = toCurl(request) ?? '';
      expect(readRequest(line)).toEqual(readRequest(request));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['a base interface', baseRequest(good)],
  ['the Kit', { ...kitRequest(kitSignature('{"测试":1}')), body: '{"测试":1}' }],
])('explain(toCurl(…)) is explain(…): %s', (_, request) => {
  expect(explained(toCurl(request) ?? '')).toEqual(explained(request));
  expect(gist(explained(request))).toBe('raw');
});

test('a NUL cannot be printed', () => {
  expect(toCurl({ ...baseRequest(good), body: 'a\0b' })).toBeUndefined();
});
