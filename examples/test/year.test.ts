import { describe, expect, it } from 'vitest';
import { hasPython } from './python.ts';
import { type Json, stage } from './stage.ts';

/** A year of License and SaaS business between two programs that share no code. */

describe.runIf(hasPython)('the Python seller', { timeout: 120_000 }, () => {
  it.each(['calm', 'hostile'])('receives a correct year from a %s store', async (profile) => {
    const { get, post, atSeller } = await stage({ PROFILE: profile, SEED: 'a year of business' });
    const buy = (product: string, more: Json = {}) => post('/orders', { product, customerLevel: 'V3', ...more });
    const advance = (duration: string) => post('/clock', { advance: duration });

    const codes = [];
    const instances = [];
    for (let count = 0; count < 4; count += 1) {
      codes.push((await buy('license-monthly'))['license'], (await buy('license-yearly'))['license']);
      instances.push((await buy('saas-monthly'))['instanceId'], (await buy('saas-yearly'))['instanceId']);
    }
    const trial = (await buy('saas-monthly', { trial: true }))['instanceId'];
    const lapsing = (await buy('saas-yearly', { trial: true }))['instanceId'];
    const returned = (await buy('saas-yearly'))['instanceId'];
    const once = (await buy('saas-once'))['instanceId'];
    instances.push(trial, lapsing, returned, once);

    // Some renew by themselves, the others by hand, late, or not at all.
    for (const code of codes.slice(0, 4)) await post(`/licenses/${code}/auto-renew`, { on: true });
    for (const id of instances.slice(0, 4)) await post(`/instances/${id}/auto-renew`, { on: true });
    await advance('P3D');
    await post(`/instances/${returned}/unsubscribe`);
    await post(`/instances/${trial}/to-formal`, { period: 'year' });
    await post(`/instances/${instances[1]}/upgrade`, { product: 'saas-premium-yearly' });
    await post(`/licenses/${codes[5]}/renew`, { period: 'month' });
    await post(`/licenses/${codes[5]}/cancel-renewal`);
    await post(`/instances/${instances[5]}/renew`, { quantity: 3 });
    await post(`/instances/${instances[5]}/freeze`);
    await advance('P1D');
    await post(`/instances/${instances[5]}/unfreeze`);
    await advance('P29D'); // beyond the month
    await post(`/instances/${instances[4]}/renew`);
    await post(`/licenses/${codes[6]}/renew`, { period: 'year' });
    await advance('P336D'); // four days behind the year
    const statuses = await Promise.all(instances.map(async (id) => (await get(`/instances/${id}`))['status']));
    expect(new Set(statuses)).toEqual(new Set(['ACTIVE', 'FROZEN', 'RELEASED']));
    await advance('P10D');

    const messages = await get<readonly Json[]>('/messages');
    const unfinished = messages.filter(({ status }) => status !== 'SUCCEEDED');
    expect(unfinished).toEqual([]);
    expect(new Set(messages.map(({ activity }) => activity)).size).toBe(10);
    const { tried, findings } = await get('/hostility');
    expect(findings).toEqual([]);
    expect((tried as readonly unknown[]).length > 4).toBe(profile === 'hostile');

    const agree = async (what: 'licenses' | 'instances', id: unknown): Promise<void> => {
      const [store, seller] = [await get(`/${what}/${id}`), await atSeller(what, id)];
      const expected = store['status'] === 'EXPIRED' ? 'ACTIVE' : store['status'];
      expect([id, seller['status']]).toEqual([id, expected]);
      // A purchase tells no expiry; everything after it does.
      if (seller['expiresAt'] !== null && expected !== 'RELEASED') {
        expect([id, Date.parse(String(seller['expiresAt']))]).toEqual([id, Date.parse(String(store['expiresAt']))]);
      }
    };
    for (const code of codes) await agree('licenses', code);
    for (const id of instances) await agree('instances', id);
  });
});
