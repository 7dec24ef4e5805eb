import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startMarket } from '../running-market.ts';
import { says } from '../stub-seller.ts';
import { typed } from './typed.ts';

/** Follows through as many looks as there are steps, each of which happens before the next look. */
async function followed(url: string, args: readonly string[], steps: readonly (() => Promise<unknown>)[]) {
  const interruption = new AbortController();
  const left = [...steps];
  return typed(['messages', 'follow', '--market', url, ...args], {
    interrupted: interruption.signal,
    pause: async () => {
      const step = left.shift();
      if (step === undefined) interruption.abort();
      else await step();
    },
  });
}

test('one line out and one line back, a repetition and a restart too, and nothing of before; 0 when interrupted', async () => {
  const market = await startMarket();
  const { control } = market;
  const buy = () => control.buy({ body: { product: 'saas-yearly' } });
  await buy();
  market.seller.answer((response) => says(response, '000005', 'busy'));
  const { code, out, err } = await followed(
    market.url,
    [],
    [
      buy,
      () => control.moveClock({ body: { advance: 'PT1H' } }),
      async () => market.seller.answer((response) => says(response, '000000', 'said.', { instanceId: 'i-2' })),
      () => control.restart({ params: { id: '3' }, body: {} }),
    ],
  );
  expect([code, err]).toEqual([0, '']);
  const lines = out.trimEnd().split('\n');
  expect(lines.slice(0, 6)).toEqual([
    expect.stringMatching(/^--> #3 newInstance CS\w+$/),
    expect.stringMatching(/^<-- #3 200 000005 \d+ ms {2}R21 result-code: /),
    expect.stringMatching(/^--> #3 newInstance CS\w+ \(attempt 2, retry\)$/),
    expect.stringMatching(/^<-- #3 200 000005 \d+ ms {2}R21 result-code: /),
    expect.stringMatching(/^--> #3 newInstance .*\(attempt 3, restart\)$/),
    expect.stringMatching(/^<-- #3 200 000000 \d+ ms$/),
  ]);
});

test('--all begins with the first message, --json prints objects', async () => {
  const market = await startMarket();
  await market.control.buy({ body: { product: 'saas-yearly' } });
  const { out } = await followed(market.url, ['--all', '--json'], []);
  const objects = out
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(objects.slice(0, 2)).toMatchObject([
    { line: 'out', message: '1', activity: 'newInstance', attempt: 1, cause: 'first' },
    { line: 'back', message: '1', httpStatus: 200, succeeded: true, resultCode: '000000' },
  ]);
});

test('a call on the wire is shown before its answer is', async () => {
  const market = await startMarket();
  const held: (() => void)[] = [];
  market.seller.answer((response) => {
    held.push(() => says(response, '000000', 'said.', { instanceId: 'i-1' }));
  });
  let bought: Promise<unknown> = Promise.resolve();
  const { out } = await followed(
    market.url,
    ['--all'],
    [
      async () => {
        bought = market.control.buy({ body: { product: 'saas-yearly' } });
        while (held.length === 0) await wait(5);
      },
      () => Promise.resolve(),
      async () => {
        market.seller.answer((response) => says(response, '000000'));
        for (const answer of held) answer();
        await bought;
      },
    ],
  );
  expect(out.match(/^--> #1 .*$/gm)).toHaveLength(1);
  expect(out.match(/^<-- #1 .*$/gm)).toHaveLength(1);
});

test('after a reset it begins anew', async () => {
  const market = await startMarket();
  const buy = () => market.control.buy({ body: { product: 'saas-yearly' } });
  await buy();
  await buy();
  const { out } = await followed(market.url, [], [() => market.control.reset({ body: {} }), buy]);
  expect(out).toMatch(/^--> #1 newInstance \S+\n<-- #1 200 000000 /);
});

test('a marketplace that goes away ends it with 3', async () => {
  const market = await startMarket();
  const { code, err } = await followed(market.url, [], [() => market.stop()]);
  expect([code, err]).toEqual([3, expect.stringContaining('There is no marketplace at')]);
});
