import { expect, test } from 'vitest';
import { advance, bought, licenseOf, messagesOf, ok, startMarket } from './running-market.ts';

test('with a seller who agrees at once the code is released, naming the unsubscription', async () => {
  const market = await startMarket();
  const { license: code, orderId: purchase } = await bought(market);
  const { orderId, orderLineId } = ok(await market.control.unsubscribe({ params: { code }, body: {} }));
  expect(orderId).not.toBe(purchase);
  expect(market.seller.calls.map(({ message }) => message)).toEqual([
    { activity: 'releaseLicenseCode', license: code, orderId, orderLineId, testFlag: '0' },
  ]);
  expect(await licenseOf(market, code)).toMatchObject({ status: 'RELEASED', next: null });
  expect(ok(await market.control.order({ params: { orderId } }))).toMatchObject({
    type: 'UNSUBSCRIBE',
    status: 'COMPLETED',
  });
  await advance(market, 'P2Y');
  expect(market.seller.calls).toHaveLength(1);
});

test('a claimed code is not refunded', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  ok(await market.control.claim({ params: { code }, body: {} }));
  expect(await market.control.unsubscribe({ params: { code }, body: {} })).toMatchObject({
    status: 409,
    body: { error: expect.stringContaining('claimed') },
  });
  expect(await licenseOf(market, code)).toMatchObject({ status: 'ACTIVE' });
});

test('a code past its validity is not refunded', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  await advance(market, 'P1Y');
  expect(await market.control.unsubscribe({ params: { code }, body: {} })).toMatchObject({ status: 409 });
});

async function awaiting() {
  const market = await startMarket();
  const { license: code } = await bought(market);
  const { orderId } = ok(await market.control.unsubscribe({ params: { code }, body: { approval: 'manual' } }));
  return { market, code, orderId };
}

test('with a seller who is asked, nothing happens until the word', async () => {
  const { market, code, orderId } = await awaiting();
  expect(market.seller.calls).toEqual([]);
  expect(await licenseOf(market, code)).toMatchObject({ status: 'ACTIVE', awaitingSeller: orderId });
  expect(ok(await market.control.order({ params: { orderId } })).status).toBe('AWAITING_SELLER');
});

test('approved, it releases the code', async () => {
  const { market, code, orderId } = await awaiting();
  expect(ok(await market.control.approve({ params: { orderId }, body: {} })).status).toBe('COMPLETED');
  expect(market.seller.calls[0]?.message).toMatchObject({ activity: 'releaseLicenseCode', license: code, orderId });
  expect(await licenseOf(market, code)).toMatchObject({ status: 'RELEASED', awaitingSeller: null });
  expect(await market.control.approve({ params: { orderId }, body: {} })).toMatchObject({ status: 409 });
});

test('rejected, it leaves the code as it was, and may be asked for again', async () => {
  const { market, code, orderId } = await awaiting();
  expect(ok(await market.control.reject({ params: { orderId }, body: {} })).status).toBe('REJECTED');
  expect(market.seller.calls).toEqual([]);
  expect(await market.control.approve({ params: { orderId }, body: {} })).toMatchObject({ status: 409 });
  ok(await market.control.unsubscribe({ params: { code }, body: {} }));
  expect(await licenseOf(market, code)).toMatchObject({ status: 'RELEASED' });
});

test('while it waits, the code is neither claimed nor renewed nor unsubscribed again', async () => {
  const { market, code } = await awaiting();
  for (const call of [
    market.control.claim,
    market.control.renew,
    market.control.cancelRenewal,
    market.control.unsubscribe,
  ]) {
    expect(await call({ params: { code }, body: {} })).toMatchObject({
      status: 409,
      body: { error: expect.stringContaining('waits for the seller') },
    });
  }
});

test('it lapses when the retention ends before the word', async () => {
  const { market, code, orderId } = await awaiting();
  await advance(market, 'P400D');
  expect(ok(await market.control.order({ params: { orderId } })).status).toBe('CANCELLED');
  expect(await market.control.approve({ params: { orderId }, body: {} })).toMatchObject({ status: 409 });
  const release = (await messagesOf(market, code)).at(-1);
  expect(release).toMatchObject({ activity: 'releaseLicenseCode', orderId: null });
});

test('an order that is no unsubscription waits for no word, an unknown one is not there', async () => {
  const market = await startMarket();
  const { orderId } = await bought(market);
  expect(await market.control.approve({ params: { orderId }, body: {} })).toMatchObject({ status: 409 });
  expect(await market.control.reject({ params: { orderId: 'CS0' }, body: {} })).toMatchObject({ status: 404 });
});
