import { join } from 'node:path';
import { makeCredentials } from '@koobridge/scripts/credentials';
import { market, type ProcessToStart, type RunningProcess, startProcess } from '@koobridge/scripts/processes';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasPython, python, pythonEnv } from './python.ts';
import { temporaryDirectory } from './temporary.ts';

/** A year of License and SaaS business between two programs that share no code. */

async function running(processToStart: ProcessToStart): Promise<RunningProcess> {
  const started = await startProcess(processToStart);
  onTestFinished(async () => {
    await started.stop();
  });
  return started;
}

type Json = Readonly<Record<string, unknown>>;

async function stage(profile: string) {
  const credentials: Record<string, string> = { ...makeCredentials(), HOST: '127.0.0.1', PORT: '0' };
  const directory = temporaryDirectory();
  const seller = await running({
    name: 'python-seller',
    command: [python, 'examples/python-seller/seller.py'],
    env: { ...credentials, ...pythonEnv, DATABASE: join(directory, 'seller.db') },
  });
  const store = await running({
    name: 'mock-marketplace',
    command: market,
    env: {
      ...credentials,
      PRODUCTION_ADDRESS: seller.url,
      DATABASE_URL: `sqlite:${join(directory, 'market.db')}`,
      PROFILE: profile,
      SEED: 'a year of business',
      OUTPUT: 'none',
    },
  });
  const read = async <Body = Json>(url: string, init?: RequestInit): Promise<Body> => {
    const response = await fetch(url, init);
    const text = await response.text();
    expect(response.ok, `${url} answered ${response.status}: ${text}`).toBe(true);
    return JSON.parse(text) as Body; // what the control API documents
  };
  const admin = { headers: { Authorization: `Bearer ${credentials['KOOBRIDGE_ADMIN_TOKEN']}` } };
  return {
    get: <Body = Json>(path: string) => read<Body>(`${store.url}/control${path}`),
    post: (path: string, body: Json = {}) =>
      read(`${store.url}/control${path}`, { method: 'POST', body: JSON.stringify(body) }),
    atSeller: (what: string, id: unknown) => read(`${new URL(seller.url).origin}/admin/${what}/${id}`, admin),
  };
}

describe.runIf(hasPython)('the Python seller', { timeout: 120_000 }, () => {
  it.each(['calm', 'hostile'])('receives a correct year from a %s store', async (profile) => {
    const { get, post, atSeller } = await stage(profile);
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
