import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { typed } from '../commands/typed.ts';
import { ok, type RunningMarket, startMarket } from '../running-market.ts';
import { startSeller } from '../stub-seller.ts';

/** A history that leaves something in as many tables as control calls can reach. */
async function live({ control }: RunningMarket): Promise<string> {
  const { license: code = '' } = ok(await control.buy({ body: { product: 'license-yearly' } }));
  ok(await control.renew({ params: { code }, body: {} }));
  ok(await control.buy({ body: { product: 'saas-yearly' } }));
  ok(await control.setSale({ params: { listing: 'license' }, body: { sale: 'SUSPENDED' } }));
  ok(await control.removeProduct({ params: { product: 'saas-once' }, body: {} }));
  ok(await control.saveCustomer({ params: { customer: 'acme' }, body: { customer: 'acme', name: 'A', level: 'V1' } }));
  ok(await control.moveClock({ body: { advance: 'P10D' } }));
  return code;
}

function rowsOf(file: string): Record<string, unknown[]> {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
  const rows = tables.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]);
  database.close();
  return Object.fromEntries(rows);
}

test('a marketplace that was reset holds what a new one holds, in every table', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reset-'));
  const file = (name: string) => join(folder, `${name}.db`);
  const fresh = await startMarket({ DATABASE_URL: `sqlite:${file('fresh')}`, SEED: 'a seed' });
  const used = await startMarket({ DATABASE_URL: `sqlite:${file('used')}`, SEED: 'a seed' });
  await live(used);
  ok(await used.control.setHostility({ body: { profile: 'store-like' } }));
  const { seed, now } = ok(await used.control.reset({ body: {} }));
  expect(seed).toBe('a seed');
  await fresh.stop();
  await used.stop();
  expect(existsSync(file('used'))).toBe(true);
  const { clock: usedClock, profile, sqlite_sequence: _, ...usedRows } = rowsOf(file('used'));
  const { clock: freshClock, profile: __, sqlite_sequence: ___, ...freshRows } = rowsOf(file('fresh'));
  expect(Object.keys(usedRows).length).toBeGreaterThan(6);
  expect(usedRows).toEqual(freshRows);
  expect(usedClock).toEqual([{ id: 1, now: Date.parse(now) }]);
  expect(freshClock).toHaveLength(1);
  // It is no part of the history but a setting, and stays.
  expect(profile).toEqual([{ id: 1, profile: 'store-like' }]);
});

test('the clock is back at the present, numbers begin anew, and the same calls have the same ids', async () => {
  const seller = await startSeller();
  const market = await startMarket({ SEED: 'a seed' }, seller);
  const code = await live(market);
  const { now } = ok(await market.control.reset({ body: {} }));
  expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
  expect(ok(await market.control.clock())).toEqual({ now, moving: null });
  expect(ok(await market.control.licenses({ query: {} }))).toEqual([]);
  // Ids hold the time of the clock, besides what is drawn.
  const drawn = (license: string) => license.slice(-8);
  expect(drawn(await live(market))).toBe(drawn(code));
  expect(ok(await market.control.messages({ query: {} }))[0]?.id).toBe('1');
  await market.stop();
  await seller.close();
});

test('another seed gives another history, and is told', async () => {
  const market = await startMarket({ SEED: 'a seed' });
  const code = await live(market);
  expect(ok(await market.control.reset({ body: { seed: 'another' } }))).toMatchObject({ seed: 'another' });
  expect(ok(await market.control.seed())).toEqual({ seed: 'another' });
  expect((await live(market)).slice(-8)).not.toBe(code.slice(-8));
});

test('while the clock moves it is refused', async () => {
  const market = await startMarket();
  const held: (() => void)[] = [];
  market.seller.answer((response) => void held.push(() => response.end()));
  ok(await market.control.buy({ body: { product: 'license-yearly' } }));
  const moved = await market.control.moveClock({ body: { advance: 'P2Y', wait: false } });
  expect(moved.status).toBe(202);
  await expect.poll(() => held.length).toBe(1);
  expect(await market.control.reset({ body: {} })).toEqual(
    expect.objectContaining({ status: 409, body: { error: expect.stringMatching(/^The clock moves: /) } }),
  );
  expect(ok(await market.control.licenses({ query: {} }))).toHaveLength(1);
  market.seller.answer((response) => void response.end());
  for (const answer of held) answer();
  await expect.poll(async () => (await market.control.reset({ body: {} })).status).toBe(200);
});

test('a member that is not known is refused', async () => {
  const { url } = await startMarket();
  const answer = await fetch(`${url}/control/reset`, { method: 'POST', body: '{"sead":"x"}' });
  expect(answer.status).toBe(400);
});

test.each([
  ['y\n', 0, 0],
  ['Yes\n', 0, 0],
  ['n\n', 1, 1],
  ['\n', 1, 1],
  ['', 1, 1],
])('the command asks, and %j ends with %i', async (stdin, code, left) => {
  const { url, control } = await startMarket();
  ok(await control.buy({ body: { product: 'license-yearly' } }));
  const { err, ...rest } = await typed(['reset', '--market', url], { stdin, isTTY: true });
  expect(rest.code).toBe(code);
  expect(err).toMatch(code === 0 ? /Go on\? \[y\/N\] $/ : /Nothing was changed\.\n$/);
  expect(ok(await control.orders({ query: {} }))).toHaveLength(left);
});

test('with --yes it does not ask, and tells the new beginning', async () => {
  const { url } = await startMarket();
  const { code, out, err } = await typed(['reset', '--yes', '--seed', 'seven', '--market', url]);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^seed +seven\nnow +\d{4}-.*Z\n$/);
});
