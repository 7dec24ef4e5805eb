import { describe, expect, test } from 'vitest';
import { LicenseView } from '../../src/admin/contract.ts';
import { cancellation, release, renewal, statusChange } from '../callbacks.ts';
import { onPostgres } from '../database.ts';
import { startSeller } from '../seller.ts';

const expireTime = '20270101000000';

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
          activity: 'refreshLicenseCode',
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
      // PostgreSQL cannot hold U+0000.
      else expect((await license(code)).code).toBe(onPostgres ? code.replace('\0', '\uFFFD') : code);
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
