import { expect, test } from 'vitest';
import { advance, bought, licenseOf, messagesOf, ok, startMarket } from './running-market.ts';

const day = 86_400_000;

test('a renewal adds a period to the expiry and tells it, with an order of its own', async () => {
  const market = await startMarket();
  const purchase = await bought(market, 'license-monthly');
  const { license: code } = purchase;
  const before = await licenseOf(market, code);
  const renewal = ok(await market.control.renew({ params: { code }, body: {} }));
  expect(renewal.orderId).not.toBe(purchase.orderId);
  const after = await licenseOf(market, code);
  const added = (Date.parse(after.expiresAt) - Date.parse(before.expiresAt)) / day;
  expect(added).toBeGreaterThanOrEqual(28);
  expect(added).toBeLessThanOrEqual(31);
  expect(market.seller.calls.map(({ message }) => message)).toEqual([
    {
      activity: 'refreshLicenseCode',
      scene: 'RENEWAL',
      orderId: renewal.orderId,
      orderLineId: renewal.orderLineId,
      license: code,
      expireTime: after.expiresAt.slice(0, 19).replaceAll(/\D/g, ''),
      testFlag: '0',
    },
  ]);
  expect(ok(await market.control.order({ params: { orderId: renewal.orderId } }))).toMatchObject({
    type: 'RENEW',
    status: 'COMPLETED',
    expiresAt: after.expiresAt,
  });
});

test('a renewal in the grace period continues the original expiry, and the code was never frozen', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market, 'license-yearly', 'V5');
  const { expiresAt } = await licenseOf(market, code);
  await advance(market, 'P370D');
  expect(await licenseOf(market, code)).toMatchObject({ status: 'EXPIRED' });
  ok(await market.control.renew({ params: { code }, body: {} }));
  const renewed = await licenseOf(market, code);
  expect(renewed.status).toBe('ACTIVE');
  expect(new Date(renewed.expiresAt).getUTCFullYear()).toBe(new Date(expiresAt).getUTCFullYear() + 1);
  expect(renewed.expiresAt.slice(4)).toBe(expiresAt.slice(4));
  expect(market.seller.heard()).toEqual(['refreshLicenseCode RENEWAL']);
});

test('a renewal with another period says so, and names the product of the new period', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market, 'license-yearly');
  ok(await market.control.renew({ params: { code }, body: { period: 'month' } }));
  expect(market.seller.calls[0]?.message).toMatchObject({
    scene: 'RENEWAL_CHANGE',
    productId: 'MOCKLICENSE0001-MONTH',
  });
  expect(await licenseOf(market, code)).toMatchObject({ productId: 'MOCKLICENSE0001-MONTH' });
  ok(await market.control.renew({ params: { code }, body: {} }));
  expect(market.seller.calls[1]?.message).toMatchObject({ scene: 'RENEWAL' });
  expect(market.seller.calls[1]?.message).not.toHaveProperty('productId');
});

test('a renewal moves the freeze and the release', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market, 'license-yearly');
  ok(await market.control.renew({ params: { code }, body: {} }));
  await advance(market, 'P400D');
  expect(await licenseOf(market, code)).toMatchObject({ status: 'ACTIVE' });
  await advance(market, 'P1Y');
  expect(await licenseOf(market, code)).toMatchObject({ status: 'RELEASED', next: null });
  expect((await messagesOf(market, code)).map(({ activity, command }) => [activity, command])).toEqual([
    ['refreshLicenseCode', 'RENEWAL'],
    ['updateLicenseCodeStatus', 'FREEZE'],
    ['releaseLicenseCode', null],
  ]);
});

test('a released code is not renewed, nor one beyond the end of the calendar', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market, 'license-yearly');
  await advance(market, 'P400D');
  expect(await market.control.renew({ params: { code }, body: {} })).toMatchObject({ status: 409 });
  ok(await market.control.moveClock({ body: { to: '9997-06-01T00:00:00Z' } }));
  const { license: late } = await bought(market, 'license-yearly');
  expect(await market.control.renew({ params: { code: late }, body: {} })).toMatchObject({ status: 409 });
  expect(market.failures).toEqual([]);
});
