import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newDatabase, onPostgres } from '../database.ts';
import type { defects } from '../torture/break.ts';
import { bundleServer } from '../torture/bundle.ts';
import type { Rule } from '../torture/check.ts';
import { torture } from '../torture/run.ts';
import { summary } from '../torture/summary.ts';

/** A minute would do, but for a machine that is busy with much else. */
vi.setConfig({ testTimeout: 480_000, hookTimeout: 60_000 });

const kills = onPostgres ? 6 : 20;
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);

let server: Awaited<ReturnType<typeof bundleServer>>;
beforeAll(async () => {
  server = await bundleServer();
});
afterAll(() => server.remove());

/** Tortures a server on an empty database. */
async function tortured(setting: { seed: number; kills: number; preload?: readonly string[] }) {
  const { main } = server;
  return torture({ ...setting, main, database: await newDatabase(), replicas: 1, senders: 8, drainMs: 0 });
}

test(`killed ${kills} times under load: whatever was answered is there, and nothing twice (KILL_SEED=${seed})`, async () => {
  const verdict = await tortured({ seed, kills });
  expect(verdict.violations, summary(verdict)).toEqual([]);
  expect(verdict.history.kills).toHaveLength(kills);
  expect(verdict.history.ledger.receipts.length).toBeGreaterThan(100);
});

/** What is seen of each defect, and how many kills that takes. The first two in every run, the others in a full one. */
const seen = {
  'commits late': ['lost', 1],
  'forgets order lines': ['event-twice', 0],
  'announces nothing': ['event-missing', 0],
  'takes a token twice': ['replay-taken', 0],
  'keeps no change of status': ['wrong-state', 0],
} as const satisfies Readonly<Record<keyof typeof defects, readonly [Rule, number]>>;

const tried = Object.entries(seen).slice(0, process.env['TEST_EVERYTHING'] === 'true' ? undefined : 2);

describe.skipIf(onPostgres)('the harness can fail', () => {
  test.each(tried)('a server that %s is found out', async (defect, [rule, needed]) => {
    const preload = [`${new URL('../torture/break.ts', import.meta.url)}?${new URLSearchParams({ defect })}`];
    const { violations } = await tortured({ seed: 46, kills: needed, preload });
    expect(violations.map((violation) => violation.rule)).toContain(rule);
  });
});
