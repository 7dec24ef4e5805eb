import { expect, test } from 'vitest';
import { advance, bought, messagesOf, ok, startMarket } from './running-market.ts';
import { says, takesIt } from './stub-seller.ts';

async function failed() {
  const market = await startMarket();
  const { license: code } = await bought(market);
  market.seller.answer((response) => says(response, '000005'));
  ok(await market.control.renew({ params: { code }, body: {} }));
  const [message] = await messagesOf(market, code);
  if (message === undefined) throw new Error('no message');
  return { market, code, id: message.id };
}

test('a successful restart is answered as such, with a fresh token, and ends the repetitions', async () => {
  const { market, id } = await failed();
  market.seller.answer(takesIt);
  const restarted = ok(await market.control.restart({ params: { id }, body: {} }));
  expect(restarted).toMatchObject({ id, status: 'SUCCEEDED', retries: { done: 0, nextAt: null } });
  expect(restarted.attempts.map(({ cause, state }) => [cause, state])).toEqual([
    ['first', 'FAILED'],
    ['restart', 'SUCCEEDED'],
  ]);
  const [first, second] = restarted.attempts;
  expect(second?.signed.nonce).not.toBe(first?.signed.nonce);
  expect(second?.sent.body).toBe(first?.sent.body);
  await advance(market, 'P1D');
  expect(market.seller.calls).toHaveLength(2);
});

test('a failed restart leaves the repetitions as they were', async () => {
  const { market, id } = await failed();
  const before = ok(await market.control.message({ params: { id } }));
  const after = ok(await market.control.restart({ params: { id }, body: {} }));
  expect(after).toMatchObject({ status: 'RETRYING', retries: before.retries });
  await advance(market, 'P1D');
  expect(ok(await market.control.message({ params: { id } }))).toMatchObject({
    status: 'STOPPED',
    retries: { done: 60 },
  });
  expect(market.seller.calls).toHaveLength(62);
  expect(ok(await market.control.restart({ params: { id }, body: {} })).status).toBe('STOPPED');
});

test('what succeeded may be sent again, and a failure then takes nothing back', async () => {
  const { market, id } = await failed();
  market.seller.answer(takesIt);
  ok(await market.control.restart({ params: { id }, body: {} }));
  market.seller.answer((response) => says(response, '000005'));
  const again = ok(await market.control.restart({ params: { id }, body: {} }));
  expect(again).toMatchObject({ status: 'SUCCEEDED', retries: { nextAt: null } });
  expect(again.attempts).toHaveLength(3);
});

test.each(['0', '99', 'one', '1e400', '-1'])('there is no message %s', async (id) => {
  const { market } = await failed();
  expect(await market.control.restart({ params: { id }, body: {} })).toMatchObject({ status: 404 });
  expect(await market.control.message({ params: { id } })).toMatchObject({ status: 404 });
});
