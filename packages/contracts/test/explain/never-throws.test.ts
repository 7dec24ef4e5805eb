import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ClassedKey, explain, findingIds, keyClasses, mistakeIds } from '../../src/index.ts';
import { anyQuery, anyUnits } from '../token/requests.ts';
import { baseRequest, baseSignature, bodyA, explained, keys, kitRequest, now, timestamp } from './requests.ts';

const anySecret = fc.stringMatching(/^[A-Za-z0-9]{20}$/).map((text) => `key:${text}`);
const anyKeys = fc.array(
  fc.record({ id: fc.constantFrom('one', 'two'), class: fc.constantFrom(...keyClasses), secret: anySecret }),
  { maxLength: 4 },
);

function expectClosed(request: Parameters<typeof explain>[0], list: readonly ClassedKey[]): void {
  const explanation = explain(request, { keys: list, now });
  const json = JSON.stringify(explanation);
  expect(JSON.parse(json)).toEqual(explanation);
  for (const { secret } of list) expect(json).not.toContain(secret);
  if (explanation.outcome === 'unreadable') return;
  for (const { id } of explanation.findings) expect(findingIds).toContain(id);
  if (explanation.outcome === 'mistake') for (const { id } of explanation.mistakes) expect(mistakeIds).toContain(id);
  if (explanation.outcome === 'unexplained') expect(explanation.tried).toBeLessThanOrEqual(60_000);
}

const shellish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'curl ',
        "'",
        '"',
        '\\',
        '$',
        '&',
        ' ',
        '\n',
        '-d',
        '-H',
        '-X',
        '-G',
        '--json ',
        '--',
        '@',
        `timestamp=${now}`,
        'signature=',
        'http://x?',
      ),
      anyUnits(5),
    ),
    { maxLength: 30 },
  )
  .map((parts) => `curl ${parts.join('')}`);

test('any text is explained by one of the closed results, without a key', () => {
  fc.assert(
    fc.property(fc.oneof(shellish, anyUnits(100), fc.string()), anyKeys, (line, list) => expectClosed(line, list)),
    { numRuns: 1000 },
  );
});

test('so is any request in parts, also one that holds a key', () => {
  const anyBody = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json(), anyUnits(100));
  fc.assert(
    fc.property(anyQuery, anyBody, anyKeys, anyUnits(100), fc.boolean(), (query, body, list, value, leaking) => {
      const leak = leaking ? (list[0]?.secret ?? '') : '';
      expectClosed({ query: query + leak, body }, list);
      expectClosed({ headers: { 'x-sign': value, 'x-nonce': leak, 'x-timestamp': timestamp }, body }, list);
      expectClosed({ headers: { authToken: value || leak }, body }, list);
      expectClosed({ query: `authToken=${'a'.repeat(43)}%3D&timeStamp=20250615150640123&x=${leak}` }, list);
    }),
    { numRuns: 100 },
  );
});

test('a key in the request is told, not shown', () => {
  const secret = keys[0]?.secret ?? '';
  const explanation = explained({ ...baseRequest(baseSignature(bodyA)), headers: { Cookie: `k=${secret}` } });
  expect(explanation).toMatchObject({ outcome: 'verifies', findings: [{ id: 'secret-in-request' }] });
});

const long = 300_000;
test.each([
  ['quotes', `curl ${"'".repeat(long)}`],
  ['double quotes', `curl ${'"'.repeat(long)}`],
  ['backslashes', `curl "${'\\'.repeat(long)}`],
  ['dollar quotes', `curl ${"$'\\x41'".repeat(long / 8)}`],
  ['options', `curl ${'-d x '.repeat(long / 5)}`],
  ['json parts', `curl http://x?signature=1 ${'--json x '.repeat(20_000)}`],
  ['short options', `curl -${'s'.repeat(long)}`],
  ['ampersands', `curl 'http://x?${'&amp;'.repeat(long / 5)}signature=a'`],
  ['times signs', `curl 'http://x?${'×tamp='.repeat(long / 6)}'`],
])('much of nothing is bounded work: %s', (_, line) => {
  expect(['unreadable', 'unexplained']).toContain(explained(line).outcome);
});

test.each([
  ['short objects', JSON.stringify({ a: 'é/<&>'.repeat(3_000) }).slice(0, 15_000)],
  ['many members', JSON.stringify(Object.fromEntries(Array.from({ length: 1_200 }, (_, at) => [`m${at}`, at])))],
  ['deep nesting', `{"a":${'['.repeat(7_000)}${']'.repeat(7_000)}}`],
  ['64 KiB', JSON.stringify({ a: 'é'.repeat(32_000) })],
  ['1 MiB', JSON.stringify({ a: 'é/'.repeat(340_000) })],
  ['16 MiB', JSON.stringify({ a: 'a'.repeat(16_000_000) })],
])(
  'so is a body of %s',
  (_, body) => {
    expect(explained(kitRequest('0'.repeat(64), body)).outcome).toBe('unexplained');
  },
  20_000,
);

test('so are a thousand keys', () => {
  const list = Array.from(
    { length: 1_000 },
    (_, at): ClassedKey => ({ id: `${at}`, class: 'base', secret: `key-${at}` }),
  );
  const explanation = explain(baseRequest('0'.repeat(64)), { keys: list, now });
  expect(explanation).toMatchObject({ outcome: 'unexplained', tried: 60_000, findings: [{ id: 'search-ended' }] });
});
