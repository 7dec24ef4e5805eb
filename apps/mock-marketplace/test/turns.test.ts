import { expect, test } from 'vitest';
import { oneAtATime } from '../src/turns.ts';
import { bought, licenseOf, ok, startMarket } from './running-market.ts';
import { callOpenApi } from './signed-call.ts';
import { takesIt } from './stub-seller.ts';

test('work is done one after the other, whatever becomes of it', async () => {
  const turns = oneAtATime();
  const order: string[] = [];
  const slow = turns.take(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    order.push('slow');
  });
  const failing = turns.take(async () => {
    order.push('failing');
    throw new Error('no');
  });
  const last = turns.take(async () => order.push('last'));
  await expect(failing).rejects.toThrow('no');
  await Promise.all([slow, last]);
  expect(order).toEqual(['slow', 'failing', 'last']);
});

test('thirty renewals at once are thirty periods, told one after the other', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  const before = new Date((await licenseOf(market, code)).expiresAt).getUTCFullYear();
  let onTheWire = 0;
  let most = 0;
  market.seller.answer((response, call, index) => {
    onTheWire += 1;
    most = Math.max(most, onTheWire);
    setTimeout(() => {
      onTheWire -= 1;
      takesIt(response, call, index);
    }, 2);
  });
  await Promise.all(Array.from({ length: 30 }, () => market.control.renew({ params: { code }, body: {} }).then(ok)));
  expect(most).toBe(1);
  expect(new Date((await licenseOf(market, code)).expiresAt).getUTCFullYear()).toBe(before + 30);
  const told = market.seller.calls.map(({ message }) => String(message['expireTime']));
  expect(told).toEqual([...told].sort());
  expect(new Set(told).size).toBe(30);
});

test('of two buyers who claim at once, one is told that it is done', async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  const answers = await Promise.all([1, 2].map(() => market.control.claim({ params: { code }, body: {} })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test("a seller's server may call the open APIs while it is being called", async () => {
  const market = await startMarket();
  const { license: code } = await bought(market);
  ok(await market.control.claim({ params: { code }, body: {} }));
  market.seller.answer((response, call, index) => {
    void callOpenApi(market, '/v1/license/activate', { license: code }).then(({ body }) => {
      expect(body['error_code']).toBe('92020000');
      takesIt(response, call, index);
    });
  });
  ok(await market.control.renew({ params: { code }, body: {} }));
  expect((await licenseOf(market, code)).activatedAt).not.toBeNull();
});
