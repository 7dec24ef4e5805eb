import { expect, test } from 'vitest';
import { startMarket } from '../running-market.ts';
import { typed } from './typed.ts';

async function clockOf() {
  const market = await startMarket();
  const clock = (...args: readonly string[]) => typed(['clock', ...args, '--market', market.url]);
  const now = async () => {
    const { body } = await market.control.clock();
    return body as { now: string; moving: unknown }; // the route answers nothing else
  };
  return { market, clock, now };
}

test('it shows where the clock stands', async () => {
  const { clock, now } = await clockOf();
  const { now: instant } = await now();
  expect(await clock()).toEqual({ code: 0, out: `now  ${instant}\n`, err: '' });
  expect(JSON.parse((await clock('show', '--json')).out)).toEqual({ now: instant, moving: null });
});

test('advance and to end when everything that fell due was sent', async () => {
  const { market, clock, now } = await clockOf();
  await market.control.buy({ body: { product: 'license-yearly' } });
  const { code, out } = await clock('advance', 'P2Y', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual(await now());
  expect(market.seller.heard()).toEqual(['updateLicenseCodeStatus FREEZE', 'releaseLicenseCode']);
  expect((await clock('to', '2099-01-01T00:00:00Z')).out).toBe('now  2099-01-01T00:00:00.000Z\n');
});

test('--no-wait ends while the clock moves, and show tells how far it has come', async () => {
  const { market, clock, now } = await clockOf();
  await market.control.buy({ body: { product: 'license-yearly' } });
  const held: (() => void)[] = [];
  market.seller.answer((response) => {
    held.push(() => response.end());
  });
  const begun = await clock('advance', 'P2Y', '--no-wait');
  expect([begun.code, begun.out]).toMatchObject([
    0,
    expect.stringMatching(/^now .*\nfrom .*\nto .*\ndone +0\nremaining +1\n$/),
  ]);
  await expect.poll(() => held.length).toBe(1);
  expect((await clock()).out).toMatch(/\nremaining +\d/);
  market.seller.answer((response) => void response.end());
  for (const answer of held) answer();
  await expect.poll(async () => (await now()).moving).toBeNull();
});

test.each([
  ['advance', 'a month', 'no ISO 8601 duration'],
  ['to', '2001-01-01T00:00:00Z', 'cannot go back'],
])('%s %s is refused in the words of the marketplace', async (word, where, sentence) => {
  const { clock } = await clockOf();
  expect(await clock(word, where)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(sentence) });
});
