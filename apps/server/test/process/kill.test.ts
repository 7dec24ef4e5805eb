import { expect, onTestFinished, test } from 'vitest';
import { newDatabase, onPostgres } from '../database.ts';
import { bundleServer } from '../torture/bundle.ts';
import { torture } from '../torture/run.ts';
import { summary } from '../torture/summary.ts';

const kills = onPostgres ? 6 : 20;
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);

test(`killed ${kills} times under load: whatever was answered is there, and nothing twice (KILL_SEED=${seed})`, async () => {
  const { main, remove } = await bundleServer();
  onTestFinished(remove);
  const setting = { seed, kills, database: await newDatabase(), replicas: 1, senders: 8, main, drainMs: 0 };
  const verdict = await torture(setting);
  expect(verdict.violations, summary(verdict)).toEqual([]);
  expect(verdict.history.kills).toHaveLength(kills);
  expect(verdict.history.ledger.receipts.length).toBeGreaterThan(100);
}, 180_000);
