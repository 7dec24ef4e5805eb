import { tokenQuery } from '@koobridge/contracts';
import type Koa from 'koa';
import { expect, test } from 'vitest';
import { pace, slowRefusals, vouchFor } from '../../src/production/slow-refusals.ts';
import { renewal } from '../callbacks.ts';
import { startSeller } from '../seller.ts';

test('after a burst of 10 ms of work, refusals take a twentieth of the time', () => {
  const { waitFor } = pace();
  const waits = Array.from({ length: 20 }, () => waitFor(1, 0));
  expect(waits.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 0));
  expect(waits.slice(10)).toEqual(Array.from({ length: 10 }, (_, index) => 20 * (index + 1)));
  expect(waitFor(1, 400)).toBe(0);
});

test('nobody waits longer than 3 s, and a flood is forgotten soon after its end', () => {
  const { waitFor, isFlooded } = pace();
  expect(isFlooded(0)).toBe(false);
  const waits = Array.from({ length: 10_000 }, () => waitFor(5, 0));
  expect(Math.max(...waits)).toBe(3_000);
  expect(waitFor(5, 0)).toBe(3_000);
  expect(isFlooded(2_999)).toBe(true);
  expect(isFlooded(3_001)).toBe(false);
  expect(waitFor(0.06, 6_200)).toBe(0);
});

test.each([
  ['a refused call', '/ours', 200, false, ['pause', 'resume']],
  ['another path', '/other', 404, false, ['pause', 'resume']],
  ['what anybody may ask', '/readyz', 503, false, []],
  ['a signed call', '/ours', 200, true, []],
] as const)('%s at %s, answered %i', async (_name, path, status, isSigned, wanted) => {
  const done: string[] = [];
  const socket = { pause: () => done.push('pause'), resume: () => done.push('resume') };
  const ctx = { path, status, req: { headers: {}, socket } } as unknown as Koa.Context; // all that it looks at
  if (isSigned) vouchFor(ctx);
  const slow = slowRefusals((each) => each === '/ours', { waitFor: () => 1, isFlooded: () => false });
  await slow(ctx, async () => undefined);
  expect(done).toEqual(wanted);
});

test('signed calls and probes overtake refusals, which leave slowly once there are many', async () => {
  const { store, clock, get } = await startSeller();
  const body = `{"activity":"${'x'.repeat(15_000)}"}`;
  const calls = 220;
  const begun = performance.now();
  let answered = 0;
  const refused = Array.from({ length: calls }, async (_, index) => {
    const token = { signature: '0'.repeat(64), timestamp: String(clock.now), nonce: `n-${index}` };
    const { resultCode } = await store.send(body, { query: tokenQuery(token) });
    answered += 1;
    return resultCode;
  });
  await expect.poll(() => answered, { interval: 5 }).toBeGreaterThan(20);
  expect((await store.send(renewal('PL-1', '20270101000000'))).resultCode).toBe('000000');
  expect((await get('/readyz')).status).toBe(200);
  expect(answered).toBeLessThan(calls);
  expect(new Set(await Promise.all(refused))).toEqual(new Set(['000001']));
  // Each costs 0.07 ms or more, of which it waits twenty times, less the burst.
  expect(performance.now() - begun).toBeGreaterThan(100);
});
