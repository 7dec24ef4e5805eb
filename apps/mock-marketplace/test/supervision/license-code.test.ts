import { expect, test } from 'vitest';
import { advance, bought, licenseOf, ok, type RunningMarket, startMarket } from '../running-market.ts';
import { callOpenApi } from '../signed-call.ts';

const done = '92020000';

const activate = async (market: RunningMarket, license: string) =>
  (await callOpenApi(market, '/v1/license/activate', { license })).body['error_code'];

const supervised = async () => {
  const market = await startMarket();
  const { orderId, license } = await bought(market, 'license-supervised');
  const params = { orderId };
  const { control } = market;
  return {
    market,
    license,
    orderId,
    params,
    claim: () => control.claim({ params: { code: license }, body: {} }),
    view: async () => ok(await control.supervision({ params })),
    order: async () => ok(await control.order({ params })).status,
    control,
  };
};

test('a supervised code is delivered, claimed, activated and proven, and then its order is completed', async () => {
  const { market, license, params, claim, view, order, control } = await supervised();
  expect(await view()).toMatchObject({
    flow: 'LICENSE_CODE',
    node: 'DELIVER',
    steps: ['deliver'],
    subscription: license,
  });
  expect(await claim()).toMatchObject({ status: 409, body: { error: expect.stringContaining('another node') } });
  expect(ok(await control.deliver({ params, body: { evidence: 'sent by mail' } })).node).toBe('CLAIM');
  ok(await claim());
  expect((await view()).node).toBe('ACTIVATE');
  await advance(market, 'P2D');
  expect(await activate(market, license)).toBe(done);
  const { now } = ok(await control.clock());
  expect(await licenseOf(market, license)).toMatchObject({ activatedAt: now, claimed: true });
  expect([(await view()).node, await order()]).toEqual(['PROOF', 'PROCESSING']);
  const proven = ok(await control.proveDelivery({ params, body: { proof: 'https://proofs.example.com/1' } }));
  expect(proven).toMatchObject({ node: 'CLOSING', steps: [], openingDate: null });
  expect(proven.history.map(({ what, text }) => [what, text])).toEqual([
    ['deliver', 'sent by mail'],
    ['claim', null],
    ['activate', null],
    ['proof', 'https://proofs.example.com/1'],
  ]);
  await advance(market, 'PT2H59M59S');
  expect(await order()).toBe('PROCESSING');
  await advance(market, 'PT1S');
  expect([(await view()).node, await order()]).toEqual(['DONE', 'COMPLETED']);
});

test('a code that is not supervised is claimed and activated as ever', async () => {
  const market = await startMarket();
  const { orderId, license } = await bought(market);
  expect(await market.control.supervision({ params: { orderId } })).toMatchObject({ status: 404 });
  ok(await market.control.claim({ params: { code: license }, body: {} }));
  expect(await activate(market, license)).toBe(done);
  expect(ok(await market.control.order({ params: { orderId } })).status).toBe('COMPLETED');
});

test('a supervised code that nobody claimed is not activated', async () => {
  const { market, license, params, view, control } = await supervised();
  ok(await control.deliver({ params, body: {} }));
  expect(await activate(market, license)).toBe('92020004');
  expect((await view()).node).toBe('CLAIM');
});

test('the batch activation moves a supervision on too, or nothing', async () => {
  const { market, license, params, claim, view, control } = await supervised();
  ok(await control.deliver({ params, body: {} }));
  ok(await claim());
  const batch = async (license_list: readonly string[]) =>
    (await callOpenApi(market, '/v2/license/activate', { license_list })).body['error_code'];
  expect(await batch([license, 'PLUNKNOWN'])).toBe('92020020');
  expect((await view()).node).toBe('ACTIVATE');
  expect(await batch([license])).toBe(done);
  expect((await view()).node).toBe('PROOF');
});

test('a refund is negotiated until the claim', async () => {
  const first = await supervised();
  ok(await first.control.deliver({ params: first.params, body: {} }));
  const order = ok(await first.control.unsubscribe({ params: { code: first.license }, body: {} }));
  expect(ok(await first.control.order({ params: { orderId: order.orderId } }))).toMatchObject({ amount: -1000 });
  expect((await first.view()).node).toBe('ENDED');

  const second = await supervised();
  ok(await second.control.deliver({ params: second.params, body: {} }));
  ok(await second.claim());
  const answer = await second.control.unsubscribe({ params: { code: second.license }, body: {} });
  expect(answer).toMatchObject({ status: 409, body: { error: expect.stringContaining('claimed') } });
});

test('an appeal freezes it for both sides until it is decided', async () => {
  const { market, license, params, claim, view, control } = await supervised();
  ok(await control.deliver({ params, body: {} }));
  ok(await control.appeal({ params, body: { by: 'BUYER', reason: 'it does not start' } }));
  expect(await view()).toMatchObject({
    node: 'CLAIM',
    steps: [],
    appeal: { by: 'BUYER', reason: 'it does not start' },
  });
  const frozen = { status: 409, body: { error: expect.stringContaining('frozen by an appeal') } };
  expect(await claim()).toMatchObject(frozen);
  expect(await control.deliver({ params, body: {} })).toMatchObject(frozen);
  expect(await control.proveDelivery({ params, body: { proof: 'x' } })).toMatchObject(frozen);
  expect(await control.appeal({ params, body: { by: 'SELLER', reason: 'it does' } })).toMatchObject(frozen);
  expect(await control.unsubscribe({ params: { code: license }, body: {} })).toMatchObject(frozen);
  ok(await control.decideAppeal({ params, body: { outcome: 'continue' } }));
  ok(await claim());
  ok(await control.appeal({ params, body: { by: 'SELLER', reason: 'no answer' } }));
  expect(await activate(market, license)).toBe('92020003');
  ok(await control.decideAppeal({ params, body: { outcome: 'continue' } }));
  expect(await activate(market, license)).toBe(done);
});

test('an appeal that is closed completes the order, whatever the node', async () => {
  const { params, view, order, control } = await supervised();
  ok(await control.appeal({ params, body: { by: 'SELLER', reason: 'the buyer cannot be reached' } }));
  ok(await control.decideAppeal({ params, body: { outcome: 'close' } }));
  expect([(await view()).node, await order()]).toEqual(['CLOSED', 'COMPLETED']);
  expect(await control.deliver({ params, body: {} })).toMatchObject({ status: 409 });
  expect(await control.decideAppeal({ params, body: { outcome: 'close' } })).toMatchObject({ status: 409 });
});

test('an appeal that is refunded gives the money back and releases the code, even a claimed one', async () => {
  const { market, license, params, claim, view, control } = await supervised();
  ok(await control.deliver({ params, body: {} }));
  ok(await claim());
  ok(await control.appeal({ params, body: { by: 'BUYER', reason: 'not what was promised' } }));
  ok(await control.decideAppeal({ params, body: { outcome: 'refund' } }));
  expect((await view()).node).toBe('REFUNDED');
  expect(await licenseOf(market, license)).toMatchObject({ status: 'RELEASED' });
  expect(market.seller.heard()).toEqual(['releaseLicenseCode']);
  const refund = ok(await control.orders({ query: { subscription: license } })).at(-1);
  expect(refund).toMatchObject({ type: 'UNSUBSCRIBE', status: 'COMPLETED', amount: -1000 });
});

test('an appeal while it closes stops the clock for it', async () => {
  const { market, license, params, claim, view, order, control } = await supervised();
  ok(await control.deliver({ params, body: {} }));
  ok(await claim());
  await activate(market, license);
  ok(await control.proveDelivery({ params, body: { proof: 'x' } }));
  ok(await control.appeal({ params, body: { by: 'BUYER', reason: 'too early' } }));
  await advance(market, 'P10D');
  expect([(await view()).node, await order()]).toEqual(['CLOSING', 'PROCESSING']);
  ok(await control.decideAppeal({ params, body: { outcome: 'continue' } }));
  await advance(market, 'PT1S');
  expect([(await view()).node, await order()]).toEqual(['DONE', 'COMPLETED']);
});

test('a renewal starts no supervision, and does not move one', async () => {
  const { license, orderId, view, control } = await supervised();
  const renewal = ok(await control.renew({ params: { code: license }, body: {} }));
  expect(await control.supervision({ params: { orderId: renewal.orderId } })).toMatchObject({ status: 404 });
  expect((await view()).node).toBe('DELIVER');
  expect(ok(await control.supervisions({ query: {} })).map((one) => one.orderId)).toEqual([orderId]);
});

test('a code that runs out undelivered ends its supervision', async () => {
  const { market, license, view } = await supervised();
  await advance(market, 'P2Y');
  expect(await licenseOf(market, license)).toMatchObject({ status: 'RELEASED' });
  expect(await view()).toMatchObject({ node: 'ENDED', steps: [] });
});

test('a code has no opening date of its own', async () => {
  const { params, control } = await supervised();
  const { now } = ok(await control.clock());
  const answer = await control.deliver({ params, body: { openingDate: now } });
  expect(answer).toMatchObject({ status: 422, body: { error: expect.stringContaining('openingDate') } });
  expect(await control.proveDelivery({ params, body: { proof: '' } })).toMatchObject({ status: 400 });
});

test('nothing is delivered before it is paid, and what is never paid is never supervised', async () => {
  const market = await startMarket();
  const { control } = market;
  const order = async () => ok(await control.buy({ body: { product: 'license-supervised', pay: false } })).orderId;
  const params = { orderId: await order() };
  const answer = await control.deliver({ params, body: {} });
  expect(answer).toMatchObject({ status: 409, body: { error: expect.stringContaining('not paid') } });
  ok(await control.pay({ params, body: {} }));
  expect(ok(await control.deliver({ params, body: {} })).node).toBe('CLAIM');
  const other = { orderId: await order() };
  ok(await control.cancel({ params: other, body: {} }));
  expect(ok(await control.supervision({ params: other })).node).toBe('ENDED');
});
