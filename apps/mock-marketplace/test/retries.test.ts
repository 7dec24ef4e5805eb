import { expect, test } from 'vitest';
import { nextRetry } from '../src/callbacks/retry.ts';
import { advance, bought, messagesOf, ok, startMarket } from './running-market.ts';
import { says } from './stub-seller.ts';

/** R22: 60 repetitions, one every 2 minutes of the life-cycle clock, each with a token of its own. */

test('the schedule', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(nextRetry('license-code', 0, now)).toBe(now + 120_000);
  expect(nextRetry('license-code', 59, now)).toBe(now + 120_000);
  expect(nextRetry('license-code', 60, now)).toBeUndefined();
});

async function renewedWhileFailing() {
  const market = await startMarket();
  const { license: code } = await bought(market);
  market.seller.answer((response) => says(response, '000005'));
  const { orderId } = ok(await market.control.renew({ params: { code }, body: {} }));
  return { market, code, orderId };
}

test('61 attempts with 61 nonces, then the message stops', async () => {
  const { market, code, orderId } = await renewedWhileFailing();
  const [begun] = await messagesOf(market, code);
  expect(begun).toMatchObject({ status: 'RETRYING', retries: { done: 0 } });
  expect(Date.parse(begun?.retries.nextAt ?? '') - Date.parse(begun?.createdAt ?? '')).toBe(120_000);

  await advance(market, 'PT1H59M');
  expect((await messagesOf(market, code))[0]).toMatchObject({ status: 'RETRYING', retries: { done: 59 } });
  await advance(market, 'PT1M');
  const [message] = await messagesOf(market, code);
  expect(message).toMatchObject({ status: 'STOPPED', retries: { done: 60, nextAt: null } });
  await advance(market, 'P30D');
  expect(market.seller.calls).toHaveLength(61);

  const tokens = market.seller.calls.map(({ token }) => token);
  expect(tokens.every(({ ok: verified }) => verified)).toBe(true);
  expect(new Set(tokens.map((token) => (token.ok ? token.nonce : ''))).size).toBe(61);
  expect(new Set(market.seller.calls.map(({ body }) => body)).size).toBe(1);
  const times = message?.attempts.map(({ at }) => Date.parse(at)) ?? [];
  expect(times.slice(1).map((at, index) => at - (times[index] ?? 0))).toEqual(Array(60).fill(120_000));
  expect(ok(await market.control.order({ params: { orderId } })).status).toBe('PROCESSING');
});

test('the first success ends it', async () => {
  const { market, code, orderId } = await renewedWhileFailing();
  market.seller.answer((response, _, index) => says(response, index < 2 ? '000005' : '000000'));
  await advance(market, 'P1D');
  expect(market.seller.calls).toHaveLength(3);
  const [message] = await messagesOf(market, code);
  expect(message).toMatchObject({ status: 'SUCCEEDED', retries: { done: 2, nextAt: null } });
  expect(message?.attempts.map(({ state, cause }) => [state, cause])).toEqual([
    ['FAILED', 'first'],
    ['FAILED', 'retry'],
    ['SUCCEEDED', 'retry'],
  ]);
  expect(message?.attempts[0]?.verdict).toMatchObject({ rule: 'result-code', resultCode: '000005' });
  expect(ok(await market.control.order({ params: { orderId } })).status).toBe('COMPLETED');
});

test('nothing is repeated while the clock stands still', async () => {
  const { market } = await renewedWhileFailing();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(market.seller.calls).toHaveLength(1);
});
