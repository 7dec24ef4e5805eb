import { expect, test } from 'vitest';
import { advance, bought, licenseOf, messagesOf, ok, startMarket } from './running-market.ts';
import { says, takesIt } from './stub-seller.ts';

/** A message that no longer says what is true is not repeated. */

const failing = async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  const { expiresAt } = await licenseOf(market, code);
  return { market, code, toFreeze: new Date(Date.parse(expiresAt) + 86_400_000).toISOString() };
};

test('an UNFREEZE ends the repetitions of the FREEZE before it', async () => {
  const { market, code, toFreeze } = await failing();
  market.seller.answer((response) => says(response, '000005'));
  ok(await market.control.moveClock({ body: { to: toFreeze } }));
  expect((await messagesOf(market, code))[0]).toMatchObject({ command: 'FREEZE', status: 'RETRYING' });
  market.seller.answer(takesIt);
  ok(await market.control.renew({ params: { code }, body: {} }));
  await advance(market, 'PT3H');
  expect((await messagesOf(market, code)).map(({ command, status, note }) => [command, status, note])).toEqual([
    ['FREEZE', 'STOPPED', 'superseded by updateLicenseCodeStatus UNFREEZE'],
    ['RENEWAL', 'SUCCEEDED', null],
    ['UNFREEZE', 'SUCCEEDED', null],
  ]);
  expect(market.seller.heard().at(-1)).toBe('updateLicenseCodeStatus UNFREEZE');
});

test('after a release only the release is repeated', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  market.seller.answer((response) => says(response, '000005'));
  ok(await market.control.renew({ params: { code }, body: {} }));
  ok(await market.control.unsubscribe({ params: { code }, body: {} }));
  await advance(market, 'P1D');
  const [renewal, release] = await messagesOf(market, code);
  expect(renewal).toMatchObject({
    status: 'STOPPED',
    note: 'superseded by releaseLicenseCode',
    retries: { nextAt: null },
  });
  expect(renewal?.attempts).toHaveLength(1);
  expect(release).toMatchObject({ status: 'STOPPED', note: null });
  expect(release?.attempts).toHaveLength(61);
});
