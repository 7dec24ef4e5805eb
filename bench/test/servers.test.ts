import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type Arm, adminToken, arms } from '../src/arms.ts';
import { asks } from '../src/callbacks.ts';
import { check } from '../src/check.ts';
import { loadFromAProcess } from '../src/load-process.ts';
import { removePostgres } from '../src/postgres.ts';

async function started(arm: Arm): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'koobridge-bench-test-'));
  const running = await arm.start(directory);
  onTestFinished(async () => {
    await running.stop();
    rmSync(directory, { recursive: true });
  });
  return running.process.url;
}

const { bareKoa, naiveSqlite, naivePostgres, noDatabase } = arms;

it('bare Koa takes whatever it is sent, which the check of others would notice', async () => {
  const url = await started(bareKoa);
  await check(url, bareKoa, asks);
  const { codes } = asks;
  await check(url, bareKoa, { what: 'reads', adminToken, codes });
  await expect(check(url, { ...bareKoa, refuses: ['forged'] }, asks)).rejects.toThrow('answered a forgery');
  await expect(check(url, { ...bareKoa, refuses: ['repeated'] }, asks)).rejects.toThrow('answered a repeat');
});

it('the naive server refuses forgeries and repeats, and takes load', async () => {
  const url = await started(naiveSqlite);
  await check(url, naiveSqlite, asks);
  const load = { url, connections: 8, warmUpSeconds: 0, asks };
  expect((await loadFromAProcess({ ...load, requests: 40 })).requestsPerSecond).toBeGreaterThan(0);
  expect((await loadFromAProcess({ ...load, seconds: 0.2, rate: 100 })).requestsPerSecond).toBe(100);
});

it('without its database the server still tells a forgery', async () => {
  await check(await started(noDatabase), noDatabase, asks);
});

// Starting PostgreSQL takes longer than all the others together.
it.runIf(process.env['TEST_EVERYTHING'] === 'true')('the naive server does the same on PostgreSQL', async () => {
  onTestFinished(removePostgres);
  await check(await started(naivePostgres), naivePostgres, asks);
});
