import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startProcess } from './market-process.ts';
import { advance, bought, licenseOf, messagesOf, ok, startMarket } from './running-market.ts';
import { says, startSeller, takesIt } from './stub-seller.ts';

async function databaseFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'market-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return `sqlite:${join(folder, 'state', 'market.db')}`;
}

async function ownSeller() {
  const seller = await startSeller();
  onTestFinished(() => seller.close());
  return seller;
}

test('stopped and started again, the marketplace goes on where it was', async () => {
  const DATABASE_URL = await databaseFile();
  const seller = await ownSeller();
  const before = await startMarket({ DATABASE_URL }, seller);
  const { license: code } = await bought(before);
  await advance(before, 'P10D');
  seller.answer((response) => says(response, '000005'));
  ok(await before.control.renew({ params: { code }, body: {} }));
  await advance(before, 'PT5M');
  const [clock, license, messages] = [
    ok(await before.control.clock()),
    await licenseOf(before, code),
    await messagesOf(before, code),
  ];
  await before.stop();

  const after = await startMarket({ DATABASE_URL }, seller);
  expect(ok(await after.control.clock())).toEqual(clock);
  expect(await licenseOf(after, code)).toEqual(license);
  expect(await messagesOf(after, code)).toEqual(messages);
  await advance(after, 'PT2M');
  expect((await messagesOf(after, code))[0]).toMatchObject({ status: 'RETRYING', retries: { done: 3 } });
  seller.answer(takesIt);
  await advance(after, 'P5Y');
  expect(await licenseOf(after, code)).toMatchObject({ status: 'RELEASED' });
  expect(seller.heard().slice(-3)).toEqual([
    'refreshLicenseCode RENEWAL',
    'updateLicenseCodeStatus FREEZE',
    'releaseLicenseCode',
  ]);
});

test('stopped during a call, it makes the call again', async () => {
  const DATABASE_URL = await databaseFile();
  const seller = await ownSeller();
  const before = await startMarket({ DATABASE_URL }, seller);
  const { license: code } = await bought(before);
  seller.answer(() => undefined);
  const renewal = before.control.renew({ params: { code }, body: {} });
  await expect.poll(() => seller.calls.length).toBe(1);
  await before.stop();
  expect(await renewal).toMatchObject({ status: 503, body: { error: expect.stringContaining('stopping') } });

  seller.answer(takesIt);
  const after = await startMarket({ DATABASE_URL }, seller);
  await expect.poll(async () => (await messagesOf(after, code))[0]?.status).toBe('SUCCEEDED');
  expect((await messagesOf(after, code))[0]?.attempts.map(({ cause, state }) => [cause, state])).toEqual([
    ['first', 'INTERRUPTED'],
    ['resume', 'SUCCEEDED'],
  ]);
});

test('stopped during a restart by hand, it takes the restart up', async () => {
  const DATABASE_URL = await databaseFile();
  const seller = await ownSeller();
  const before = await startMarket({ DATABASE_URL }, seller);
  const { license: code } = await bought(before);
  ok(await before.control.renew({ params: { code }, body: {} }));
  seller.answer(() => undefined);
  const restart = before.control.restart({ params: { id: '1' }, body: {} });
  await expect.poll(() => seller.calls.length).toBe(2);
  await before.stop();
  expect((await restart).status).toBe(503);

  seller.answer(takesIt);
  const after = await startMarket({ DATABASE_URL }, seller);
  await expect.poll(async () => (await messagesOf(after, code))[0]?.attempts.at(-1)?.state).toBe('SUCCEEDED');
  expect((await messagesOf(after, code))[0]?.attempts.map(({ cause, state }) => [cause, state])).toEqual([
    ['first', 'SUCCEEDED'],
    ['restart', 'INTERRUPTED'],
    ['restart', 'SUCCEEDED'],
  ]);
});

test('stopped during a move that nobody waits for, it is gone at once and reports no failure', async () => {
  const market = await startMarket();
  await bought(market);
  market.seller.answer(() => undefined);
  expect(await market.control.moveClock({ body: { advance: 'P3Y', wait: false } })).toMatchObject({ status: 202 });
  await expect.poll(() => market.seller.calls.length).toBe(1);
  await market.stop();
  expect(market.failures).toEqual([]);
});

test('killed during a call, it makes the call again with a fresh token', async () => {
  const DATABASE_URL = await databaseFile();
  const seller = await ownSeller();
  const settings = { DATABASE_URL, PRODUCTION_ADDRESS: seller.address };
  const before = await startProcess(settings);
  const { license: code = '' } = ok(await before.control.buy({ body: { product: 'license-yearly' } }));
  seller.answer(() => undefined);
  const renewal = before.control.renew({ params: { code }, body: {} });
  renewal.catch(() => undefined);
  await expect.poll(() => seller.calls.length).toBe(1);
  expect(await before.end('SIGKILL')).toBeNull();
  await expect(renewal).rejects.toThrow();

  seller.answer(takesIt);
  const after = await startProcess(settings);
  await expect.poll(() => seller.calls.length).toBe(2);
  const [first, second] = seller.calls;
  expect(second?.body).toBe(first?.body);
  expect(second?.token.ok && first?.token.ok && second.token.nonce !== first.token.nonce).toBe(true);
  await expect
    .poll(async () => ok(await after.control.messages({ query: { license: code } }))[0]?.status)
    .toBe('SUCCEEDED');
  await after.end('SIGTERM');
});

test('killed during a long move, it stands at the last event, and the rest still falls due', async () => {
  const DATABASE_URL = await databaseFile();
  const seller = await ownSeller();
  const settings = { DATABASE_URL, PRODUCTION_ADDRESS: seller.address };
  const before = await startProcess(settings);
  for (let count = 0; count < 5; count += 1) ok(await before.control.buy({ body: { product: 'license-monthly' } }));
  const { now: from } = ok(await before.control.clock());
  seller.answer((response, call, index) => {
    if (index < 3) takesIt(response, call, index);
  });
  await before.control.moveClock({ body: { advance: 'P1Y', wait: false } });
  await expect.poll(() => seller.calls.length).toBe(5);
  await before.end('SIGKILL');

  seller.answer(takesIt);
  const after = await startProcess(settings);
  const { now } = ok(await after.control.clock());
  expect(Date.parse(now)).toBeGreaterThan(Date.parse(from));
  expect(Date.parse(now)).toBeLessThan(Date.parse(from) + 60 * 86_400_000);
  ok(await after.control.moveClock({ body: { advance: 'P1Y' } }));
  const messages = ok(await after.control.messages({ query: {} }));
  expect(messages.map(({ status }) => status)).toEqual(Array(10).fill('SUCCEEDED'));
  expect(new Set(messages.map(({ license, activity }) => `${license} ${activity}`)).size).toBe(10);
  expect(ok(await after.control.licenses({ query: {} })).map(({ status }) => status)).toEqual(
    Array(5).fill('RELEASED'),
  );
  await after.end('SIGTERM');
});

test('two marketplaces do not share a file', async () => {
  const DATABASE_URL = await databaseFile();
  await startMarket({ DATABASE_URL });
  await expect(startMarket({ DATABASE_URL })).rejects.toThrow(/locked/);
});
