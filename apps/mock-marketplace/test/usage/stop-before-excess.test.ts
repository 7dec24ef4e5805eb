import { expect, test } from 'vitest';
import { advance, ok, ordered, type RunningMarket, startMarket } from '../running-market.ts';
import { hourly, judged, push } from './pushing.ts';

/** Packages that stop when they are used up (用完即停套餐包): a record names the one it is deducted from. */

async function covered(): Promise<{ market: RunningMarket; id: string; pack: string }> {
  const market = await startMarket();
  const product = ok(await market.control.products()).find((one) => one.product === 'saas-package');
  if (product === undefined) throw new Error('the package is not sold');
  ok(
    await market.control.saveProduct({
      params: { product: 'saas-package' },
      body: { ...product, stopBeforeExcess: true },
    }),
  );
  const { id } = await ordered(market, { product: 'saas-on-demand' });
  const pack = await ordered(market, { product: 'saas-package' });
  await advance(market, 'PT12H');
  return { market, id, pack: pack.id };
}

test('a record that names the package is billed', async () => {
  const { market, id, pack } = await covered();
  await push(market, { usage_records: [await hourly(market, id, 0, { relate_pkg_instance: pack })] });
  expect(await judged(market, id)).toEqual([['BILLED']]);
});

test('017 without a package, 018 for one that is none', async () => {
  const { market, id } = await covered();
  const metered = await ordered(market, { product: 'saas-on-demand' });
  await push(market, {
    usage_records: [
      await hourly(market, id),
      await hourly(market, id, 1, { relate_pkg_instance: '' }),
      await hourly(market, id, 2, { relate_pkg_instance: 'NOBODY' }),
      await hourly(market, id, 3, { relate_pkg_instance: metered.id }),
    ],
  });
  expect(await judged(market, id)).toEqual([
    ['ABNORMAL', '017'],
    ['ABNORMAL', '017'],
    ['ABNORMAL', '018'],
    ['ABNORMAL', '018'],
  ]);
});

test("018 for another customer's package, and for one that is over", async () => {
  const { market, id, pack } = await covered();
  const foreign = await ordered(market, { product: 'saas-package', customer: 'customer-v5' });
  ok(await market.control.unsubscribeInstance({ params: { id: pack }, body: {} }));
  await push(market, {
    usage_records: [
      await hourly(market, id, 0, { relate_pkg_instance: foreign.id }),
      await hourly(market, id, 1, { relate_pkg_instance: pack }),
    ],
  });
  expect(await judged(market, id)).toEqual([
    ['ABNORMAL', '018'],
    ['ABNORMAL', '018'],
  ]);
});

test('where no package stops before excess, none has to be named', async () => {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'saas-on-demand' });
  const pack = await ordered(market, { product: 'saas-package' });
  await advance(market, 'PT3H');
  await push(market, {
    usage_records: [await hourly(market, id), await hourly(market, id, 1, { relate_pkg_instance: pack.id })],
  });
  expect(await judged(market, id)).toEqual([['BILLED'], ['BILLED']]);
});
