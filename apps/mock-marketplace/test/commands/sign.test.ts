import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  explain,
  keyClassOf,
  kitActivities,
  v1Activities,
  v1KitActivities,
  verifyAuthTokenBody,
  verifyAuthTokenQuery,
  verifyKit,
  verifyToken,
} from '@koobridge/contracts';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { CallNameSchema, calls } from '../../src/callbacks/calls.ts';
import { allKeys, typed, v1Key } from './typed.ts';

const now = Date.UTC(2026, 10, 25, 14);
const Signed = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  curl: z.string(),
});

async function signed(...args: readonly string[]) {
  const { code, out, err } = await typed(['sign', ...args, '--json'], { now });
  expect([code, err]).toEqual([0, '']);
  return Signed.parse(JSON.parse(out));
}

const queryOf = (url: string): string => url.split('?')[1] ?? '';

function verified({ url, headers, body }: z.output<typeof Signed>, at = now) {
  const bytes = Buffer.from(body);
  const { 'x-sign': sign, 'x-timestamp': timestamp, 'x-nonce': nonce } = headers;
  return sign === undefined
    ? verifyToken({ query: queryOf(url), body: bytes, keys: allKeys[keyClassOf(body) ?? 'kit'], now: at })
    : verifyKit({ headers: { sign, timestamp, nonce }, body: bytes, keys: allKeys.kit, now: at });
}

test.each(CallNameSchema.options)('%s: a documented body, signed with the key of its class', async (activity) => {
  const request = await signed(activity, '--to', 'http://127.0.0.1:9/seller/');
  expect(verified(request)).toMatchObject({ ok: true, keyId: `${calls[activity].keyClass}-1`, reading: 'raw' });
  expect(calls[activity].request.safeParse(JSON.parse(request.body)).error).toBeUndefined();
  const path = Object.hasOwn(kitActivities, activity) ? `/seller/produceAPI/v2/${activity}` : '/seller/';
  expect(new URL(request.url).pathname).toBe(path);
  expect(explain(request.curl, { keys: allKeys, now })).toMatchObject({ outcome: 'verifies', tokenHolds: true });
});

test.each(CallNameSchema.options)('%s --test-flag is a call of the debugging page', async (activity) => {
  const { body } = await signed(activity, '--test-flag');
  expect(calls[activity].request.parse(JSON.parse(body))).toMatchObject({ testFlag: true });
});

test.each(Object.keys(v1Activities))('V1 %s: a query with its authToken', async (activity) => {
  const request = await signed(activity, '--v1');
  expect(request).toMatchObject({ method: 'GET', body: '' });
  const windowMs = 60_000;
  const verification = verifyAuthTokenQuery({ query: queryOf(request.url), keys: [v1Key], now, windowMs });
  expect(verification).toMatchObject({ ok: true, keyId: 'v1-1' });
  const parameters = verification.ok ? { ...verification.parameters } : {};
  expect(
    Object.values(v1Activities)
      .find(({ name }) => name === activity)
      ?.request.safeParse(parameters).error,
  ).toBe(undefined);
});

test.each(Object.keys(v1KitActivities))('V1 %s of the Kit: a body, and its authToken in a header', async (activity) => {
  const request = await signed(activity, '--v1');
  expect(new URL(request.url).pathname).toBe(`/production/produceAPI/${activity}`);
  const windowMs = 60_000;
  const body = Buffer.from(request.body);
  const { authToken } = request.headers;
  expect(verifyAuthTokenBody({ authToken, body, keys: [v1Key], now, windowMs })).toMatchObject({ ok: true });
});

test('--set sets members by their path, as text or as JSON', async () => {
  const { body } = await signed(
    'authSync',
    '--set',
    'userList.0.name=Li',
    '--set',
    'userList.1:={"userName":"u2","name":"Wu","orgCode":"o","role":"admin","enable":"true"}',
    '--set',
    'flag:=2',
    '--set',
    'appId=a=b',
  );
  expect(JSON.parse(body)).toMatchObject({
    appId: 'a=b',
    flag: 2,
    userList: [{ userName: 'user1', name: 'Li' }, { userName: 'u2' }],
  });
});

test('a body that is not as documented is signed all the same, with a word about it', async () => {
  const { code, out, err } = await typed(['sign', 'updateLicenseCodeStatus', '--set', 'status=MELT'], { now });
  expect(code).toBe(0);
  expect(out).toContain('"status":"MELT"');
  expect(err).toMatch(/^Not as documented: status: /);
});

test('--body is signed byte for byte, from standard input too', async () => {
  const body = '{ "activity": "releaseLicenseCode",\n"license":"PL1" }\n';
  const { out } = await typed(['sign', 'releaseLicenseCode', '--body', '-', '--json'], { now, stdin: body });
  const request = Signed.parse(JSON.parse(out));
  expect(request.body).toBe(body);
  expect(verified(request)).toMatchObject({ ok: true, reading: 'raw' });
});

test.each([
  ['signature', 'newInstance'],
  ['body', 'newInstance'],
  ['nonce', 'newInstance'],
  ['timestamp', 'newInstance'],
  ['signature', 'tenantSync'],
  ['body', 'tenantSync'],
  ['nonce', 'tenantSync'],
  ['timestamp', 'tenantSync'],
])('--corrupt %s: %s has a token in order that does not verify', async (what, activity) => {
  for (let repeat = 0; repeat < 5; repeat += 1) {
    const request = await signed(activity, '--corrupt', what);
    expect(verified(request)).toEqual({ ok: false, refusal: 'signature-wrong' });
  }
});

test.each([
  ['signature', 'newInstance'],
  ['body', 'newInstance'],
  ['timestamp', 'newInstance'],
  ['signature', 'tenantSync'],
  ['body', 'tenantSync'],
  ['timestamp', 'tenantSync'],
])('--corrupt %s: %s of V1 does not verify either', async (what, activity) => {
  const request = await signed(activity, '--v1', '--corrupt', what);
  const windowMs = 60_000;
  const verification =
    request.method === 'GET'
      ? verifyAuthTokenQuery({ query: queryOf(request.url), keys: [v1Key], now, windowMs })
      : verifyAuthTokenBody({
          authToken: request.headers['authToken'],
          body: Buffer.from(request.body),
          keys: [v1Key],
          now,
          windowMs,
        });
  expect(verification).toMatchObject({ ok: false, refusal: 'auth-token-wrong' });
});

test('--stale and --ahead move the timestamp of the token', async () => {
  const stale = await signed('newInstance', '--stale', '6m');
  expect(verified(stale)).toMatchObject({ ok: false });
  expect(verified(stale, now - 360_000)).toMatchObject({ ok: true });
  expect(verified(await signed('newInstance', '--ahead', '90s'), now + 90_000)).toMatchObject({ ok: true });
});

test('--key takes a key of another class by its id, or a file', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'key-')), 'key.txt');
  writeFileSync(file, 'another-access-key\n');
  const other = await signed('newInstance', '--key', 'license-1');
  expect(explain(other.curl, { keys: allKeys, now })).toMatchObject({
    outcome: 'mistake',
    mistakes: [{ id: 'key-of-another-class' }],
  });
  const { url, body } = await signed('newInstance', '--key', file);
  const keys = [{ id: 'k', secret: 'another-access-key' }];
  expect(verifyToken({ query: queryOf(url), body: Buffer.from(body), keys, now })).toMatchObject({ ok: true });
  const alone = await typed(['sign', 'newInstance', '--key', file], { variables: { KOOBRIDGE_KEYS: '' }, now });
  expect(alone).toMatchObject({ code: 0, err: '' });
});

test('a key that is not there, and one typed instead of its name, are refused without being repeated', async () => {
  const none = await typed(['sign', 'orderNotify'], {
    variables: { KOOBRIDGE_KEYS: '{"kit":[{"id":"k","secret":"s"}]}' },
  });
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining('no key of the class "general"') });
  const typedKey = await typed(['sign', 'orderNotify', '--key', 'hush-hush-key']);
  expect(typedKey.code).toBe(2);
  expect(typedKey.err).not.toContain('hush');
});
