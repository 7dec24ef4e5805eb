import { describe, expect, it } from 'vitest';
import { hasPython } from './python.ts';
import { type Json, stage } from './stage.ts';

async function licenses() {
  const { get, post, atSeller } = await stage();
  return {
    buy: () => post('/orders', { product: 'license-yearly', customerLevel: 'V1' }),
    order: (code: unknown, what: string) => post(`/licenses/${code}/${what}`),
    advance: (duration: string) => post('/clock', { advance: duration }),
    atStore: (code: unknown) => get(`/licenses/${code}`),
    atSeller: (code: unknown) => atSeller('licenses', code),
    async sent(code: unknown): Promise<string[]> {
      const messages = await get<readonly Json[]>(`/messages?license=${code}`);
      return messages.map(({ activity, command, status }) => `${activity} ${command ?? '-'} ${status}`);
    },
  };
}

describe.runIf(hasPython)('the Python seller takes the marketplace’s callbacks', { timeout: 60_000 }, () => {
  it('through the life of a license', async () => {
    const { buy, order, advance, atStore, atSeller, sent } = await licenses();
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
    const { buy, order, atSeller, sent } = await licenses();
    const { license } = await buy();
    await order(license, 'unsubscribe');
    expect(await atSeller(license)).toMatchObject({ status: 'RELEASED', expiresAt: null });
    expect(await sent(license)).toEqual(['releaseLicenseCode - SUCCEEDED']);
  });
});
