import { describe, expect, test } from 'vitest';
import { LicenseView } from '../../src/admin/contract.ts';
import { cancellation, release, renewal, statusChange } from '../callbacks.ts';
import { secret } from '../credentials.ts';
import { readLedger } from '../ledger-file.ts';
import { sharedSeller, startSeller } from '../seller.ts';

const expireTime = '20270101000000';

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

describe('one license', () => {
  test('with everything that is known of it', async () => {
    const { store, clock, license } = await startSeller();
    const order = { orderId: 'CS-1', orderLineId: 'CS-1-000001', productId: 'P-9' };
    await store.send(renewal('PL-1', expireTime, order));
    clock.now += 1_000;
    await store.send(statusChange('PL-1', 'FREEZE'));
    expect(await license('PL-1')).toEqual({
      code: 'PL-1',
      status: 'FROZEN',
      expiresAt: '2027-01-01T00:00:00.000Z',
      expiryConfirmed: true,
      updatedAt: '2026-01-15T12:00:01.000Z',
      confirmation: null,
      orderLines: [
        {
          ...order,
          scene: 'RENEWAL',
          expiresAt: '2027-01-01T00:00:00.000Z',
          appliedAt: '2026-01-15T12:00:00.000Z',
        },
      ],
    });
  });

  test('whose expiry nobody told', async () => {
    const { store, license } = await startSeller();
    await store.send(release('PL-1'));
    expect(await license('PL-1')).toMatchObject({ status: 'RELEASED', expiresAt: null, orderLines: [] });
  });

  test.each(['授权码-1', 'a/b c', 'PL%001', "'; DROP TABLE licenses; --", '..', 'a?b#c', 'nul\u0000l', '\u{1F600}'])(
    'under the code %j',
    async (code) => {
      const { store, license, admin } = await startSeller();
      await store.send(renewal(code, expireTime));
      // A client resolves "..", even encoded, before it sends.
      if (code === '..') expect((await admin('/callbacks')).body).toMatchObject({ callbacks: [{ subject: code }] });
      else expect((await license(code)).code).toBe(code);
    },
  );

  test('that is not there: 404', async () => {
    const { admin } = await startSeller();
    expect(await admin('/licenses/PL-none')).toEqual({
      status: 404,
      body: { error: expect.stringMatching(/PL-none/) },
    });
  });

  test('a release that is repeated changes nothing, not even the time of the last change', async () => {
    const { store, clock, license } = await startSeller();
    await store.send(release('PL-1'));
    const before = await license('PL-1');
    clock.now += 1_000;
    await store.send(release('PL-1'));
    expect(await license('PL-1')).toEqual(before);
  });
});

describe('licenses that need attention', () => {
  test('frozen although the expiry lies ahead (R17)', async () => {
    const { store, admin, clock } = await startSeller();
    for (const code of ['PL-frozen', 'PL-active', 'PL-expired', 'PL-released']) {
      await store.send(renewal(code, code === 'PL-expired' ? '20250101000000' : expireTime));
      if (code !== 'PL-active') await store.send(statusChange(code, 'FREEZE'));
    }
    await store.send(release('PL-released'));
    await store.send(statusChange('PL-unknown-expiry', 'FREEZE'));
    const codes = async () => codesIn((await admin('/licenses?attention=frozen-unexpired')).body);
    expect(await codes()).toEqual(['PL-frozen']);
    clock.now = Date.UTC(2027, 0, 1);
    expect(await codes()).toEqual([]);
  });

  test('page by page, in the order of their codes', async () => {
    const { store, admin } = await startSeller();
    const all = ['PL-a', 'PL-b', 'PL-c', 'PL-d', 'PL-e'];
    for (const code of all.toReversed()) await store.send(cancellation(code, expireTime));
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const { body } = await admin(`/licenses?attention=expiry-unconfirmed&limit=2&after=${after}`);
      const page = codesIn(body);
      if (page.length === 0) break;
      expect(page.length).toBeLessThanOrEqual(2);
      seen.push(...page);
      after = page.at(-1) ?? '';
    }
    expect(seen).toEqual(all);
  });

  test('none', async () => {
    const { admin } = await startSeller();
    for (const kind of ['expiry-unconfirmed', 'adoption-unverified', 'frozen-unexpired']) {
      expect(await admin(`/licenses?attention=${kind}`)).toEqual({ status: 200, body: { licenses: [] } });
    }
  });
});

const codesIn = (body: unknown): string[] =>
  LicenseView.array()
    .parse(Object(body).licenses)
    .map(({ code }) => code);

describe('callbacks', () => {
  test('newest first, with the bytes received as text', async () => {
    const { store, admin } = await startSeller();
    await store.send(renewal('PL-1', expireTime));
    await store.send('not JSON', { nonce: 'n-2' });
    expect((await admin('/callbacks')).body).toEqual({
      callbacks: [
        {
          id: 2,
          receivedAt: '2026-01-15T12:00:00.000Z',
          activity: null,
          subject: null,
          keyId: 'license/license-1',
          reading: 'raw',
          nonce: 'n-2',
          body: 'not JSON',
          resultCode: '000002',
          conflict: null,
          durationMs: expect.any(Number),
        },
        expect.objectContaining({ id: 1, activity: 'refreshLicenseCode', subject: 'PL-1', resultCode: '000000' }),
      ],
    });
  });

  test('of one license, of conflicts only, page by page', async () => {
    const { store, admin } = await startSeller();
    const order = { orderId: 'CS-1', orderLineId: 'CS-1-000001' };
    await store.send(renewal('PL-1', expireTime, order));
    await store.send(renewal('PL-2', expireTime, order));
    await store.send(statusChange('PL-1', 'FREEZE'));
    const ids = async (query: string): Promise<unknown[]> =>
      Object((await admin(`/callbacks${query}`)).body).callbacks.map(({ id }: { id: number }) => id);
    expect(await ids('')).toEqual([3, 2, 1]);
    expect(await ids('?subject=PL-1')).toEqual([3, 1]);
    expect(await ids('?conflict=true')).toEqual([2]);
    expect(await ids('?conflict=true&subject=PL-1')).toEqual([]);
    expect(await ids('?limit=1')).toEqual([3]);
    expect(await ids('?before=3&limit=1')).toEqual([2]);
    expect(await ids('?before=1')).toEqual([]);
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
    expect(readLedger(seller().file).receipts).toEqual([]);
  });
});
