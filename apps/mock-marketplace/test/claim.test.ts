import { expect, test } from 'vitest';
import { advance, bought, licenseOf, ok, startMarket } from './running-market.ts';

test('the buyer takes the code once', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  const { now } = ok(await market.control.clock());
  expect(ok(await market.control.claim({ params: { code }, body: {} }))).toMatchObject({
    code,
    claimed: true,
    claimedAt: now,
  });
  expect(await market.control.claim({ params: { code }, body: {} })).toMatchObject({ status: 409 });
  expect(market.seller.calls).toEqual([]);
});

test('an unknown code is not there, a released one cannot be claimed', async () => {
  const market = await startMarket();
  expect(await market.control.claim({ params: { code: 'PLUNKNOWN' }, body: {} })).toMatchObject({ status: 404 });
  const { license: code } = await bought(market);
  await advance(market, 'P400D');
  expect(await licenseOf(market, code)).toMatchObject({ status: 'RELEASED' });
  expect(await market.control.claim({ params: { code }, body: {} })).toMatchObject({ status: 409 });
});
