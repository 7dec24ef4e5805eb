import { join } from 'node:path';
import { makeCredentials } from '@koobridge/scripts/credentials';
import { market, type ProcessToStart, type RunningProcess, startProcess } from '@koobridge/scripts/processes';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasPython, python, pythonEnv } from './python.ts';
import { temporaryDirectory } from './temporary.ts';

async function running(processToStart: ProcessToStart): Promise<RunningProcess> {
  const started = await startProcess(processToStart);
  onTestFinished(async () => {
    await started.stop();
  });
  return started;
}

async function json(url: string, init?: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, init);
  expect(response.ok, `${url} answered ${response.status}`).toBe(true);
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

const post = (body: object): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
});

/** The mock marketplace calling the Python seller, seen from both sides. */
async function stage() {
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
    env: { ...credentials, PRODUCTION_ADDRESS: seller.url, DATABASE_URL: `sqlite:${join(directory, 'market.db')}` },
  });
  const admin = { headers: { Authorization: `Bearer ${credentials['KOOBRIDGE_ADMIN_TOKEN']}` } };
  const control = `${store.url}/control`;
  return {
    buy: () => json(`${control}/orders`, post({ product: 'license-yearly', customerLevel: 'V1' })),
    order: (code: unknown, what: string) => json(`${control}/licenses/${code}/${what}`, post({})),
    advance: (duration: string) => json(`${control}/clock`, post({ advance: duration })),
    atStore: (code: unknown) => json(`${control}/licenses/${code}`),
    atSeller: (code: unknown) => json(`${new URL(seller.url).origin}/admin/licenses/${code}`, admin),
    async sent(code: unknown): Promise<string[]> {
      const messages = Object.values(await json(`${control}/messages?license=${code}`)) as Record<string, unknown>[];
      return messages.map(({ activity, command, status }) => `${activity} ${command ?? '-'} ${status}`);
    },
  };
}

describe.runIf(hasPython)('the Python seller takes the marketplace’s callbacks', { timeout: 60_000 }, () => {
  it('through the life of a license', async () => {
    const { buy, order, advance, atStore, atSeller, sent } = await stage();
    const { license } = await buy();
    const agree = async (status: string): Promise<void> => {
      const [seller, store] = [await atSeller(license), await atStore(license)];
      expect([seller['status'], store['status']]).toEqual([status, status]);
      expect(Date.parse(String(seller['expiresAt']))).toBe(Date.parse(String(store['expiresAt'])));
    };

    await order(license, 'renew');
    await agree('ACTIVE');
    await order(license, 'cancel-renewal');
    await agree('ACTIVE');
    await advance('P1Y1D');
    await agree('FROZEN');
    await order(license, 'renew');
    await agree('ACTIVE');
    await advance('P1Y');
    await agree('FROZEN');
    await advance('P7D');
    await agree('RELEASED');

    expect(await sent(license)).toEqual([
      'refreshLicenseCode RENEWAL SUCCEEDED',
      'refreshLicenseCode UNSUBSCRIBE_RENEWAL_PERIOD SUCCEEDED',
      'updateLicenseCodeStatus FREEZE SUCCEEDED',
      'refreshLicenseCode RENEWAL SUCCEEDED',
      'updateLicenseCodeStatus UNFREEZE SUCCEEDED',
      'updateLicenseCodeStatus FREEZE SUCCEEDED',
      'releaseLicenseCode - SUCCEEDED',
    ]);
  });

  it('and the release that follows an unsubscription', async () => {
    const { buy, order, atSeller, sent } = await stage();
    const { license } = await buy();
    await order(license, 'unsubscribe');
    expect(await atSeller(license)).toMatchObject({ status: 'RELEASED', expiresAt: null });
    expect(await sent(license)).toEqual(['releaseLicenseCode - SUCCEEDED']);
  });
});
