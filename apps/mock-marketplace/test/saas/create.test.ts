import { expect, test } from 'vitest';
import { advance, instanceOf, ok, ordered, startMarket } from '../running-market.ts';
import { infoOf, says, takesIt } from '../stub-seller.ts';

/** From the order to an instance: create, then query (创建实例, 查询实例信息). */

test('the instance is ordered, named by the seller, and asked about', async () => {
  const market = await startMarket();
  const { orderId, orderLineId, instanceId, subscription, license } = await ordered(market);
  expect(license).toBeUndefined();
  expect(instanceId).toBe(`instance-of-${orderId}`);
  expect(market.seller.heard()).toEqual(['newInstance', 'queryInstance']);
  const [create, query] = market.seller.calls;
  expect(create?.token.ok).toBe(true);
  expect(create?.message).toEqual({
    activity: 'newInstance',
    orderId,
    orderLineId,
    businessId: expect.stringMatching(/^[0-9a-f]{32}$/),
    testFlag: '0',
  });
  expect(query?.message).toEqual({ activity: 'queryInstance', instanceId, testFlag: '0' });
  const { now } = ok(await market.control.clock());
  expect(await instanceOf(market, instanceId ?? '')).toMatchObject({
    instanceId,
    resource: subscription,
    status: 'ACTIVE',
    openedAt: now,
  });
  expect(await instanceOf(market, subscription)).toMatchObject({ instanceId });
  expect(ok(await market.control.order({ params: { orderId } }))).toMatchObject({ status: 'COMPLETED', instanceId });
});

test('one that takes time is polled until the seller tells how it is reached', async () => {
  const market = await startMarket();
  let ready = false;
  market.seller.answer((response, call) => {
    const { activity, instanceId } = call.message;
    if (activity === 'newInstance') return says(response, '000004', '', { instanceId: 'instance-1' });
    if (activity === 'queryInstance' && ready)
      return says(response, '000000', '', { info: infoOf(String(instanceId)) });
    says(response, '000004');
  });
  const { orderId, id } = await ordered(market);
  await advance(market, 'PT1H');
  expect(await instanceOf(market, id)).toMatchObject({ status: 'OPENING', openedAt: null });
  expect(market.seller.heard()).toEqual(['newInstance', ...Array(31).fill('queryInstance')]);
  expect(ok(await market.control.order({ params: { orderId } })).status).toBe('PROCESSING');
  ready = true;
  await advance(market, 'PT2M');
  const { now } = ok(await market.control.clock());
  expect(await instanceOf(market, id)).toMatchObject({ status: 'ACTIVE', openedAt: now });
  expect(ok(await market.control.order({ params: { orderId } })).status).toBe('COMPLETED');
});

test('each repetition has another businessId, and the periods run from the opening', async () => {
  const market = await startMarket();
  market.seller.answer((response, call, index) =>
    index < 2 ? says(response, '000005') : takesIt(response, call, index),
  );
  const { id, orderId } = await ordered(market);
  expect(id).toMatch(/^RA/);
  await advance(market, 'PT3H');
  const creates = market.seller.calls.filter(({ message }) => message['activity'] === 'newInstance');
  expect(creates).toHaveLength(3);
  expect(new Set(creates.map(({ message }) => message['businessId'])).size).toBe(3);
  expect(new Set(creates.map(({ message }) => message['orderId']))).toEqual(new Set([orderId]));
  const instance = await instanceOf(market, id);
  expect(Date.parse(instance.openedAt ?? '') - Date.parse(instance.orderedAt)).toBe(2 * 3_600_000);
  expect(Date.parse(instance.expiresAt ?? '') - Date.parse(instance.openedAt ?? '')).toBeGreaterThanOrEqual(
    365 * 86_400_000,
  );
});

test.each([
  ['saas-yearly', 'PT2H59M', 'PT1M', 4],
  ['online-license-yearly', 'PT2H59M', 'PT1M', 61],
])(
  'a create of %s that is never taken fails the order after 3 hours, with a full refund',
  async (product, before, then, calls) => {
    const market = await startMarket();
    market.seller.answer((response) => says(response, '000100', 'no resource'));
    const { id, orderId } = await ordered(market, { product });
    await advance(market, before);
    expect(ok(await market.control.order({ params: { orderId } })).status).toBe('PROCESSING');
    await advance(market, then);
    const orders = ok(await market.control.orders({ query: { subscription: id } }));
    expect(orders).toMatchObject([
      { orderId, type: 'NEW', status: 'FAILED', amount: 1000 },
      { type: 'UNSUBSCRIBE', status: 'COMPLETED', amount: -1000 },
    ]);
    expect(await instanceOf(market, id)).toMatchObject({ status: 'RELEASED', instanceId: null });
    expect(market.seller.calls).toHaveLength(calls);
    await advance(market, 'P1Y');
    expect(market.seller.calls).toHaveLength(calls);
    const [message] = ok(await market.control.messages({ query: { orderId } }));
    const restart = await market.control.restart({ params: { id: message?.id ?? '' }, body: {} });
    expect(restart).toMatchObject({ status: 409, body: { error: expect.stringContaining('unsubscribed') } });
  },
);

test('a restart within the 3 hours saves an order whose calls have ended', async () => {
  const market = await startMarket();
  market.seller.answer((response) => says(response, '000005'));
  const { id, orderId } = await ordered(market, { product: 'online-license-yearly' });
  await advance(market, 'PT2H30M');
  market.seller.answer(takesIt);
  const [message] = ok(await market.control.messages({ query: { orderId } }));
  expect(message).toMatchObject({ status: 'STOPPED', retries: { done: 60, limit: 60 } });
  ok(await market.control.restart({ params: { id: message?.id ?? '' }, body: {} }));
  await advance(market, 'P1D');
  expect(await instanceOf(market, id)).toMatchObject({ status: 'ACTIVE', instanceId: `instance-of-${orderId}` });
  expect(ok(await market.control.order({ params: { orderId } })).status).toBe('COMPLETED');
});

test('an instance id of another order, or another one than before, is refused', async () => {
  const market = await startMarket();
  market.seller.answer((response, call, index) =>
    call.message['activity'] === 'newInstance'
      ? says(response, '000000', '', { instanceId: 'the-only-one' })
      : takesIt(response, call, index),
  );
  await ordered(market);
  const { orderId } = await ordered(market);
  const [message] = ok(await market.control.messages({ query: { orderId } }));
  expect(message?.attempts[0]?.verdict).toMatchObject({
    succeeded: false,
    rule: 'answer-members',
    reason: expect.stringContaining('belongs to the order'),
  });
});

test('what is paid by use must tell its usage, and a missing instance id fails a create', async () => {
  const market = await startMarket();
  market.seller.answer((response, { message: { activity } }) =>
    activity === 'newInstance'
      ? says(response, '000000', '', { instanceId: 'metered' })
      : says(response, '000000', '', { info: [{ instanceId: 'metered' }] }),
  );
  await ordered(market, { product: 'saas-on-demand' });
  const [query] = ok(await market.control.messages({ query: { activity: 'queryInstance' } }));
  expect(query?.attempts[0]?.verdict?.reason).toContain('"usageInfo"');
  market.seller.answer((response) => says(response, '000000'));
  const { orderId } = await ordered(market);
  const [create] = ok(await market.control.messages({ query: { orderId } }));
  expect(create?.attempts[0]?.verdict?.reason).toContain('"instanceId"');
});

test('accounts that a seller tells are not kept', async () => {
  const market = await startMarket();
  await ordered(market);
  const [query] = ok(await market.control.messages({ query: { activity: 'queryInstance' } }));
  const answer = query?.attempts[0]?.answer?.body ?? '';
  expect(answer).toContain('frontEndUrl');
  expect(answer).not.toContain('initial-password');
  expect(answer).toContain('"password":"***"');
});

test('without a key of the class the call is not made, and the message says so', async () => {
  const market = await startMarket({ KOOBRIDGE_KEYS: '{"license":[{"id":"l","secret":"only-this-one"}]}' });
  const { orderId } = await ordered(market);
  const [message] = ok(await market.control.messages({ query: { orderId } }));
  expect(market.seller.calls).toEqual([]);
  expect(message?.attempts[0]?.verdict).toMatchObject({
    rule: 'signing-key',
    reason: expect.stringContaining('"base"'),
  });
});
