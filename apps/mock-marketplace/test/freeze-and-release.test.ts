import { expect, test } from 'vitest';
import { bought, licenseOf, messagesOf, ok, startMarket } from './running-market.ts';

test('an expired code is frozen after the grace period and released after the retention (R24)', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market, 'license-yearly', 'V5');
  const { expiresAt } = await licenseOf(market, code);
  const move = async (days: number) =>
    ok(
      await market.control.moveClock({
        body: { to: new Date(Date.parse(expiresAt) + days * 86_400_000).toISOString() },
      }),
    );

  await move(0);
  expect(await licenseOf(market, code)).toMatchObject({ status: 'EXPIRED' });
  expect(market.seller.calls).toEqual([]);

  await move(7);
  expect(await licenseOf(market, code)).toMatchObject({ status: 'FROZEN' });
  expect(market.seller.calls.at(-1)?.message).toEqual({
    activity: 'updateLicenseCodeStatus',
    license: code,
    status: 'FREEZE',
    testFlag: '0',
  });

  await move(21);
  expect(await licenseOf(market, code)).toMatchObject({ status: 'FROZEN' });
  await move(22);
  expect(await licenseOf(market, code)).toMatchObject({ status: 'RELEASED' });
  expect(market.seller.calls.at(-1)?.message).toEqual({ activity: 'releaseLicenseCode', license: code, testFlag: '0' });
});

test('with the other reading of the pages it is frozen at its expiry', async () => {
  const market = await startMarket({ FREEZE_LICENSES_AFTER: 'expiry' });
  const { license: code } = await bought(market, 'license-yearly', 'V5');
  const { expiresAt } = await licenseOf(market, code);
  ok(await market.control.moveClock({ body: { to: expiresAt } }));
  expect(await licenseOf(market, code)).toMatchObject({ status: 'FROZEN', expiresAt });
});

test('one long move makes every call at its own instant of the life-cycle clock', async () => {
  const market = await startMarket();
  const first = (await bought(market, 'license-yearly', 'V0')).license;
  const second = (await bought(market, 'license-monthly', 'V5')).license;
  ok(await market.control.moveClock({ body: { advance: 'P3Y' } }));
  expect(market.seller.calls.map(({ message }) => [message['license'], message['activity']])).toEqual([
    [second, 'updateLicenseCodeStatus'],
    [second, 'releaseLicenseCode'],
    [first, 'updateLicenseCodeStatus'],
    [first, 'releaseLicenseCode'],
  ]);
  const { expiresAt } = await licenseOf(market, first);
  const [freeze] = await messagesOf(market, first);
  expect(Date.parse(freeze?.createdAt ?? '') - Date.parse(expiresAt)).toBe(86_400_000);
});
