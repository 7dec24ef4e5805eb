import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDatabase } from '../database.ts';
import type { defects } from './break.ts';
import { bundleServer } from './bundle.ts';
import type { Rule } from './check.ts';
import { torture } from './run.ts';

let server: Awaited<ReturnType<typeof bundleServer>>;
beforeAll(async () => {
  server = await bundleServer();
});
afterAll(() => server.remove());

/** What is seen of each defect, and how many kills that takes. The first two in every run, the others in a full one. */
const seen = {
  'commits late': ['lost', 2],
  'forgets order lines': ['event-twice', 0],
  'announces nothing': ['event-missing', 0],
  'takes a token twice': ['replay-taken', 0],
  'keeps no change of status': ['wrong-state', 0],
} as const satisfies Readonly<Record<keyof typeof defects, readonly [Rule, number]>>;

const tried = Object.entries(seen).slice(0, process.env['TEST_EVERYTHING'] === 'true' ? undefined : 2);

test.each(tried)(
  'a server that %s is found out',
  async (defect, [rule, kills]) => {
    const preload = [`${new URL('./break.ts', import.meta.url)}?${new URLSearchParams({ defect })}`];
    const { main } = server;
    const database = await newDatabase();
    const { violations } = await torture({
      seed: 1,
      kills,
      replicas: 1,
      senders: 8,
      drainMs: 500,
      database,
      main,
      preload,
    });
    expect(violations.map((violation) => violation.rule)).toContain(rule);
  },
  60_000,
);
