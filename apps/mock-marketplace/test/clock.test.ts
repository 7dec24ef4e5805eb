import { expect, test } from 'vitest';
import { advance, bought, ok, startMarket } from './running-market.ts';
import { takesIt } from './stub-seller.ts';

test('the clock begins at real time, counts whole seconds, and stands still (R23)', async () => {
  const market = await startMarket();
  const { now, moving } = ok(await market.control.clock());
  expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(5000);
  expect(now).toMatch(/:\d\d\.000Z$/);
  expect(moving).toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(ok(await market.control.clock()).now).toBe(now);
});

test('it moves by a duration or to an instant, and never back', async () => {
  const market = await startMarket();
  ok(await market.control.moveClock({ body: { to: '2100-01-31T00:00:00Z' } }));
  expect(ok(await market.control.moveClock({ body: { advance: 'P1M' } })).now).toBe('2100-02-28T00:00:00.000Z');
  for (const body of [
    { to: '2100-01-01T00:00:00Z' },
    { advance: '-PT1S' },
    {},
    { advance: 'P1D', to: '2101-01-01T00:00:00Z' },
  ]) {
    expect(await market.control.moveClock({ body })).toMatchObject({
      status: 400,
      body: { error: expect.any(String) },
    });
  }
  expect(ok(await market.control.clock()).now).toBe('2100-02-28T00:00:00.000Z');
});

test('a move that nobody waits for tells how far it is', async () => {
  const market = await startMarket();
  for (let count = 0; count < 3; count += 1) await bought(market, 'license-monthly');
  const { now: from } = ok(await market.control.clock());
  const held: (() => void)[] = [];
  market.seller.answer((response, call, index) => {
    held.push(() => takesIt(response, call, index));
  });
  const arrived = async (count: number): Promise<void> => {
    while (market.seller.calls.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  const begun = await market.control.moveClock({ body: { advance: 'P1Y', wait: false } });
  expect(begun).toMatchObject({ status: 202, body: { moving: { from, done: 0, remaining: expect.any(Number) } } });
  await arrived(3); // those of one instant are made side by side
  held[0]?.();
  await expect.poll(async () => ok(await market.control.clock()).moving?.done).toBe(1);
  const midway = ok(await market.control.clock());
  expect(midway.moving?.remaining).toBeGreaterThan(0);
  expect(Date.parse(midway.now)).toBeGreaterThan(Date.parse(from));

  // Another change waits its turn; looking does not.
  let bought4 = false;
  const fourth = bought(market).then(() => {
    bought4 = true;
  });
  expect(ok(await market.control.licenses({ query: {} }))).toHaveLength(3);
  expect(bought4).toBe(false);
  for (let count = 2; count <= 6; count += 1) {
    await arrived(count);
    held[count - 1]?.();
  }
  await fourth;
  const end = ok(await market.control.clock());
  expect(end.moving).toBeNull();
  expect(end.now).toBe(midway.moving?.to);
});

test('a move can be stopped, and what it did not reach falls due later', async () => {
  const market = await startMarket();
  for (let count = 0; count < 3; count += 1) await bought(market, 'license-monthly');
  expect((await market.control.stopClock({ body: {} })).status).toBe(409);
  const held: (() => void)[] = [];
  market.seller.answer((response, call, index) => void held.push(() => takesIt(response, call, index)));
  ok202(await market.control.moveClock({ body: { advance: 'P1Y', wait: false } }));
  await expect.poll(() => held.length).toBe(3);
  expect((await market.control.moveClock({ body: { advance: 'P1D', wait: false } })).status).toBe(409);
  ok(await market.control.stopClock({ body: {} }));
  for (const answer of held) answer();
  await expect.poll(async () => ok(await market.control.clock()).moving).toBeNull();
  expect(market.seller.heard()).toEqual(Array(3).fill('updateLicenseCodeStatus FREEZE'));
  market.seller.answer(takesIt);
  await advance(market, 'P1Y');
  expect(market.seller.heard().slice(3)).toEqual(Array(3).fill('releaseLicenseCode'));
});

const ok202 = (answer: { readonly status: number }): void => expect(answer.status).toBe(202);
