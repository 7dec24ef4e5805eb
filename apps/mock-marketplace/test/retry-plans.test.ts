import { expect, test } from 'vitest';
import { nextRetry, type RetryPlanName, RetryPlanNames, retryPlan } from '../src/callbacks/retry.ts';
import { advance, messagesOf, ok, ordered, type RunningMarket, startMarket } from './running-market.ts';
import { says, takesIt } from './stub-seller.ts';

/** R22, plan by plan, as the store's pages have it; each is lived through on the clock. */

const minute = 60_000;
const hour = 60 * minute;

/** Repetitions, the time between two of them, and when the order behind them has failed. */
const documented: Readonly<Record<RetryPlanName, readonly [number, number, number?]>> = {
  'license-code': [60, 2 * minute],
  'saas-create': [3, hour, 3 * hour],
  'saas-upgrade': [3, hour, 3 * hour],
  'saas-update': [1, hour],
  'instance-query': [90, 2 * minute],
  'online-create': [60, 2 * minute, 3 * hour],
  'online-update': [60, 2 * minute],
  'order-notice': [3, hour],
  kit: [4, 2 * minute],
  once: [0, 0],
};

test.each(RetryPlanNames)('%s', (name) => {
  const [repeats, every, failsOrderAfter] = documented[name];
  const plan = retryPlan(name);
  expect([plan.repeats, plan.failsOrderAfter]).toEqual([repeats, failsOrderAfter]);
  expect(plan.source).toMatch(/^[a-z-]+\/\w+/);
  let instant = 0;
  let done = 0;
  for (let next = nextRetry(name, done, instant); next !== undefined; next = nextRetry(name, done, instant)) {
    instant = next;
    done += 1;
  }
  expect([done, instant]).toEqual([repeats, repeats * every]);
});

/** What makes a call of each plan, on a seller that takes nothing from then on; answers the message's subject. */
const provoked: Readonly<Partial<Record<RetryPlanName, (market: RunningMarket) => Promise<string>>>> = {
  'saas-upgrade': async (market) => {
    const { id, subscription } = await ordered(market);
    refuseAll(market);
    ok(await market.control.upgrade({ params: { id }, body: { quantity: 2 } }));
    return subscription;
  },
  'saas-update': async (market) => {
    const { id, subscription } = await ordered(market);
    refuseAll(market);
    ok(await market.control.freezeInstance({ params: { id }, body: {} }));
    return subscription;
  },
  'instance-query': async (market) => {
    market.seller.answer((response, call, index) =>
      call.message['activity'] === 'newInstance' ? takesIt(response, call, index) : says(response, '000004'),
    );
    return (await ordered(market)).subscription;
  },
  'online-create': async (market) => {
    refuseAll(market);
    return (await ordered(market, { product: 'online-license-yearly' })).subscription;
  },
  'online-update': async (market) => {
    const { id, subscription } = await ordered(market, { product: 'online-license-yearly' });
    refuseAll(market);
    ok(await market.control.unsubscribeInstance({ params: { id }, body: {} }));
    return subscription;
  },
};

const refuseAll = (market: RunningMarket): void => market.seller.answer((response) => says(response, '000005'));

test.each(Object.entries(provoked))('%s, lived through', async (name, provoke) => {
  const plan = RetryPlanNames.find((one) => one === name) ?? 'once';
  const [repeats, every] = documented[plan];
  const market = await startMarket();
  const subject = await provoke(market);
  await advance(market, 'P1D');
  const message = ok(await market.control.messages({ query: { subject } })).at(-1);
  expect(message).toMatchObject({ status: 'STOPPED', retries: { done: repeats, limit: repeats, nextAt: null } });
  const times = message?.attempts.map(({ at }) => Date.parse(at)) ?? [];
  expect(times.slice(1).map((at, index) => at - (times[index] ?? 0))).toEqual(Array(repeats).fill(every));
});

test('a newer call is not held up by the repetitions of an older one', async () => {
  const market = await startMarket();
  const { license = '' } = ok(await market.control.buy({ body: { product: 'license-monthly' } }));
  refuseAll(market);
  ok(await market.control.renew({ params: { code: license }, body: {} }));
  market.seller.answer(takesIt);
  ok(await market.control.renew({ params: { code: license }, body: {} }));
  expect((await messagesOf(market, license)).map(({ status }) => status)).toEqual(['RETRYING', 'SUCCEEDED']);
});
