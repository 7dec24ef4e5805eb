import { expect, test } from 'vitest';
import { advance, bought, licenseOf, messagesOf, ok, startMarket } from './running-market.ts';
import { says, takesIt } from './stub-seller.ts';

/** A frozen code is renewed from its original expiry, and unfrozen once the seller's server has the new one. */

async function frozen() {
  const market = await startMarket();
  const { license: code } = await bought(market, 'license-yearly', 'V5');
  const { expiresAt } = await licenseOf(market, code);
  ok(await market.control.moveClock({ body: { to: new Date(Date.parse(expiresAt) + 7 * 86_400_000).toISOString() } }));
  expect(await licenseOf(market, code)).toMatchObject({ status: 'FROZEN' });
  return { market, code, expiresAt };
}

test('UNFREEZE follows the refresh', async () => {
  const { market, code, expiresAt } = await frozen();
  ok(await market.control.renew({ params: { code }, body: {} }));
  expect(market.seller.heard()).toEqual([
    'updateLicenseCodeStatus FREEZE',
    'refreshLicenseCode RENEWAL',
    'updateLicenseCodeStatus UNFREEZE',
  ]);
  const renewed = await licenseOf(market, code);
  expect(renewed.status).toBe('ACTIVE');
  expect(renewed.expiresAt.slice(4)).toBe(expiresAt.slice(4));
  expect(Number(renewed.expiresAt.slice(0, 4))).toBe(Number(expiresAt.slice(0, 4)) + 1);
  expect(renewed.next?.kind).toBe('FREEZE');
});

test('while the refresh fails there is no UNFREEZE, and the code stays frozen', async () => {
  const { market, code } = await frozen();
  market.seller.answer((response) => says(response, '000005'));
  ok(await market.control.renew({ params: { code }, body: {} }));
  await advance(market, 'PT10M');
  expect(await licenseOf(market, code)).toMatchObject({ status: 'FROZEN' });
  market.seller.answer(takesIt);
  await advance(market, 'PT2M');
  expect(await licenseOf(market, code)).toMatchObject({ status: 'ACTIVE' });
  expect(market.seller.heard().at(-1)).toBe('updateLicenseCodeStatus UNFREEZE');
});

test('after a refresh that stopped, UNFREEZE follows its restart', async () => {
  const { market, code } = await frozen();
  market.seller.answer((response) => says(response, '000005'));
  ok(await market.control.renew({ params: { code }, body: {} }));
  await advance(market, 'P1D');
  const stopped = (await messagesOf(market, code)).at(-1);
  expect(stopped).toMatchObject({ command: 'RENEWAL', status: 'STOPPED' });
  expect(await licenseOf(market, code)).toMatchObject({ status: 'FROZEN' });
  market.seller.answer(takesIt);
  ok(await market.control.restart({ params: { id: stopped?.id ?? '' }, body: {} }));
  expect(await licenseOf(market, code)).toMatchObject({ status: 'ACTIVE' });
  expect(market.seller.heard().slice(-2)).toEqual(['refreshLicenseCode RENEWAL', 'updateLicenseCodeStatus UNFREEZE']);
});

test('a failed UNFREEZE is repeated like any other call', async () => {
  const { market, code } = await frozen();
  market.seller.answer((response, { message }) =>
    says(response, message['status'] === 'UNFREEZE' ? '000005' : '000000'),
  );
  ok(await market.control.renew({ params: { code }, body: {} }));
  await advance(market, 'PT6M');
  const unfreeze = (await messagesOf(market, code)).at(-1);
  expect(unfreeze).toMatchObject({ command: 'UNFREEZE', status: 'RETRYING', retries: { done: 3 } });
});

test('a refresh that comes through only after the new expiry unfreezes nothing', async () => {
  const { market, code } = await frozen();
  market.seller.answer((response) => says(response, '000005'));
  ok(await market.control.renew({ params: { code }, body: { period: 'month' } }));
  await advance(market, 'P35D');
  const stopped = (await messagesOf(market, code)).at(-1);
  market.seller.answer(takesIt);
  ok(await market.control.restart({ params: { id: stopped?.id ?? '' }, body: {} }));
  expect(await licenseOf(market, code)).toMatchObject({ status: 'FROZEN' });
  expect(market.seller.heard().at(-1)).toBe('refreshLicenseCode RENEWAL_CHANGE');
});
