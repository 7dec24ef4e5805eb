import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { type Circumstances, secrets, typed } from './typed.ts';

const now = Date.UTC(2026, 10, 25, 14);

const signed = async (...args: readonly string[]): Promise<string> => (await typed(['sign', ...args], { now })).out;
const explained = (stdin: string | Uint8Array, args: readonly string[] = [], more: Circumstances = {}) =>
  typed(['explain', ...args], { now, stdin, ...more });

const Parts = z.object({ url: z.string(), headers: z.record(z.string(), z.string()), body: z.string() });

/** The request as it goes over the wire. */
async function wire(activity: string, lineEnd = '\r\n', behind = ''): Promise<string> {
  const { url, headers, body } = Parts.parse(JSON.parse((await typed(['sign', activity, '--json'], { now })).out));
  const { pathname, search } = new URL(url);
  const head = [
    `POST ${pathname}${search} HTTP/1.1`,
    'Host: seller',
    ...Object.entries(headers).map(([n, v]) => `${n}: ${v}`),
  ];
  return `${head.join(lineEnd)}${lineEnd}Content-Length: ${body.length}${lineEnd}${lineEnd}${body}${behind}`;
}

test.each(['newInstance', 'orderNotify', 'releaseLicenseCode', 'tenantSync'])(
  '%s as signed verifies; 0',
  async (name) => {
    const { code, out, err } = await explained(await signed(name));
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^It verifies \(.*\) with the key "[\w-]+" of the class "\w+", over the raw reading\.\nIts time is now\.\n$/,
    );
  },
);

test.each([
  ['curl', () => signed('newInstance')],
  ['JSON', async () => (await typed(['sign', 'newInstance', '--json'], { now })).out],
  [
    'an attempt of a message',
    async () =>
      JSON.stringify({ sent: Parts.parse(JSON.parse((await typed(['sign', 'newInstance', '--json'], { now })).out)) }),
  ],
  ['the wire', () => wire('newInstance')],
  ['the wire with line feeds alone', () => wire('newInstance', '\n')],
  ['the wire, with a line end that an editor added', () => wire('newInstance', '\r\n', '\n')],
])('it reads %s, from standard input and from a file', async (_, made) => {
  const text = await made();
  expect((await explained(text)).out).toMatch(/^It verifies .* over the raw reading/);
  const file = join(mkdtempSync(join(tmpdir(), 'request-')), 'request.txt');
  writeFileSync(file, text);
  expect((await typed(['explain', file], { now })).code).toBe(0);
});

test('a mistake is named with what to do; 1', async () => {
  const { code, out } = await explained(await signed('newInstance', '--key', 'license-1'));
  expect(code).toBe(1);
  expect(out).toMatch(
    /^It does not verify .*"license-1" of the class "license".*\n- The key of another interface class signed\. Sign with/,
  );
});

test('what is corrupted is not explained; 1', async () => {
  const { code, out } = await explained(await signed('newInstance', '--corrupt', 'signature'));
  expect(code).toBe(1);
  expect(out).toMatch(
    /^It does not verify \(security-token\), and no known mistake explains it: \d+ signatures were tried\./,
  );
});

test('a stale token is good as of its own time', async () => {
  const request = await signed('newInstance', '--stale', '6m');
  const stale = await explained(request);
  expect(stale.code).toBe(1);
  expect(stale.out).toContain('too far in the past');
  expect(stale.out).toContain('Its time lies 360000 ms in the past.');
  expect((await explained(request, ['--at', new Date(now - 360_000).toISOString()])).code).toBe(0);
});

test('--key tries one key alone, in every class', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'key-')), 'key.txt');
  writeFileSync(file, 'another-access-key\n');
  const request = await signed('tenantSync', '--key', file);
  expect((await explained(request)).code).toBe(1);
  expect((await explained(request, ['--key', file])).out).toContain('It verifies (kit-signature) with the key "file"');
  expect((await explained(request, ['--key', file], { variables: { KOOBRIDGE_KEYS: '' } })).code).toBe(0);
});

test.each([
  ['', 'does not start with curl', 2],
  ['hello', 'does not start with curl', 2],
  ["curl 'http://x/production", 'never closed', 2],
  ['curl http://x/production -d @body.json', 'read from a file', 2],
  ['curl http://x/production -d {}', 'carries no token', 1],
  ['POST /production HTTP/1.1', 'carries no token', 1],
])('%j cannot be read, or has no token', async (text, sentence, code) => {
  const result = await explained(text);
  expect(result.out).toContain(sentence);
  expect(result.code).toBe(code);
});

test('a key in the request is pointed out and not printed', async () => {
  const [secret = ''] = secrets;
  const { out } = await explained(
    (await signed('newInstance')).replace('--data-raw', `-H 'X-Key: ${secret}' --data-raw`),
  );
  expect(out).toContain('The request contains a key in clear');
});

test('no text of the request is printed, in JSON neither', async () => {
  for (const args of [[], ['--json']]) {
    const { out } = await explained(await signed('newInstance', '--set', 'orderId=MARKER', '--corrupt', 'body'), args);
    expect(out).not.toContain('MARKER');
  }
});

test('somebody at a terminal is told what to do', async () => {
  expect((await explained('', [], { isTTY: true })).err).toContain('Paste the request');
});
