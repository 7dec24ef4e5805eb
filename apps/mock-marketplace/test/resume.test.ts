import { expect, test } from 'vitest';
import { actions } from '../src/control/actions.ts';
import { renew } from '../src/orders/renew.ts';
import { writeChange } from '../src/subscriptions/write.ts';
import { answering, memoryMarket } from './memory-market.ts';

/** What was written but not yet on the wire when the marketplace ended is sent when it begins again. */

const start = Date.UTC(2027, 0, 1);

async function sold(takes: () => boolean) {
  const market = memoryMarket(start, answering(takes));
  const done = await actions(market).buy({ product: 'license-yearly' });
  if (!done.ok) throw new Error(done.refusal);
  return { market, code: done.value.subscription };
}

const causes = (records: Awaited<ReturnType<typeof sold>>['market']['parts']['records']) =>
  records.attempts.of(1).map(({ cause, state }) => [cause, state]);

test('a message that was never sent', async () => {
  const { market, code } = await sold(() => true);
  const { records, moments } = market.parts;
  const license = records.subscriptions.find(code);
  const product = records.catalogue.product('license-yearly');
  if (license === undefined || product === undefined) throw new Error('not sold');
  const decision = renew(license, 'CS1', { product, periods: 1, quantity: 1 }, start);
  if (!decision.ok) throw new Error(decision.refusal);
  records.transaction(() => writeChange(records, decision.change, moments));
  await market.delivery.resume();
  expect(records.messages.find(1)?.status).toBe('SUCCEEDED');
  expect(causes(records)).toEqual([['first', 'SUCCEEDED']]);
  await market.delivery.resume();
  expect(causes(records)).toHaveLength(1);
});

test('a repetition that was due, and is not taken from the others', async () => {
  let takes = false;
  const { market, code } = await sold(() => takes);
  const { records } = market.parts;
  const act = actions(market);
  await act.renew(act.license(code), {});
  const due = records.due.next(start + 120_000);
  if (due === undefined) throw new Error('nothing is due');
  records.transaction(() => {
    records.due.done(due);
    records.messages.takeRetry(1);
  });
  await market.delivery.resume();
  expect(records.messages.find(1)).toMatchObject({ status: 'RETRYING', retries: 1 });
  expect(causes(records)).toEqual([
    ['first', 'FAILED'],
    ['resume', 'FAILED'],
  ]);
  takes = true;
  await market.mover.move(start + 86_400_000);
  expect(records.messages.find(1)).toMatchObject({ status: 'SUCCEEDED', retries: 2 });
});
