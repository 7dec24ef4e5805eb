import { describe, expect, test } from 'vitest';
import { secret } from '../credentials.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';

describe('who may look', () => {
  const seller = sharedSeller();
  const paths = [
    '/licenses/PL-1',
    '/licenses?attention=expiry-unconfirmed',
    '/callbacks',
    '/licenses?attention=nothing',
  ];

  test.each([
    ['no Authorization', {}],
    ['an empty one', { Authorization: '' }],
    ['another token', { Authorization: `Bearer ${secret()}` }],
    ['another scheme', { Authorization: 'Basic dXNlcjpwYXNz' }],
    ['no token', { Authorization: 'Bearer ' }],
    ['a token of other length', { Authorization: 'Bearer x' }],
  ])('%s: 401, whatever is asked', async (_name, headers) => {
    for (const path of paths) {
      const response = await seller().get(`/admin${path}`, headers as Record<string, string>);
      expect(response.status).toBe(401);
      expect(response.headers.get('WWW-Authenticate')).toBe('Bearer');
      expect(await response.text()).not.toContain(seller().config.adminToken);
    }
  });

  test('the token, and nothing around it', async () => {
    const { adminToken } = seller().config;
    const status = async (Authorization: string) => (await seller().get('/admin/callbacks', { Authorization })).status;
    expect(await status(`Bearer ${adminToken}`)).toBe(200);
    expect(await status(`bearer ${adminToken}`)).toBe(200);
    for (const wrong of [adminToken, `Bearer ${adminToken}x`, `Bearer ${adminToken.slice(1)}`, `Basic ${adminToken}`]) {
      expect(await status(wrong)).toBe(401);
    }
  });
});

describe('a hostile query', () => {
  const seller = sharedSeller();
  test.each([
    '/licenses',
    '/licenses?attention=everything',
    '/licenses?attention=frozen-unexpired&attention=expiry-unconfirmed',
    '/licenses?attention[]=frozen-unexpired',
    '/licenses?attention=frozen-unexpired&limit=0',
    '/licenses?attention=frozen-unexpired&limit=201',
    '/licenses?attention=frozen-unexpired&limit=-1',
    '/licenses?attention=frozen-unexpired&limit=1.5',
    '/licenses?attention=frozen-unexpired&limit=1e999',
    '/licenses?attention=frozen-unexpired&limit=ten',
    `/licenses?attention=frozen-unexpired&after=${'x'.repeat(65)}`,
    `/licenses/${'x'.repeat(65)}`,
    '/callbacks?conflict=false',
    '/callbacks?before=0',
    '/callbacks?before=x',
    '/callbacks?limit=1&limit=2',
    `/callbacks?subject=${'x'.repeat(1_000)}`,
  ])('%s: 400 that names the parameter', async (path) => {
    const { status, body } = await seller().admin(path);
    expect(status).toBe(400);
    expect(body).toEqual({ error: expect.stringMatching(/^(attention|limit|after|code|conflict|before|subject): /) });
  });

  test.each([
    "/callbacks?subject=' OR 1=1 --",
    '/callbacks?subject=%00',
    '/callbacks?subject=%ff',
    '/callbacks?__proto__=1&constructor=2',
    "/licenses?attention=frozen-unexpired&after=' OR '1'='1",
    '/licenses?attention=frozen-unexpired&after=%F0%9F%98%80',
  ])('%s finds nothing', async (path) => {
    const { status, body } = await seller().admin(path);
    expect(status).toBe(200);
    expect(Object.values(Object(body))).toEqual([[]]);
  });

  test('a body is refused', async () => {
    const { url, config } = seller();
    const response = await fetch(`${url}/admin/callbacks`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${config.adminToken}` },
      body: 'x'.repeat(100_000),
    });
    expect(response.status).toBe(404);
    expect((await readLedger(seller().database)).receipts).toEqual([]);
  });
});
