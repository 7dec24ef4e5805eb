import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { advance, ok, startMarket } from '../running-market.ts';
import { hourly, push } from './pushing.ts';

test('records, the job ahead and used nonces outlive a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'market-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const DATABASE_URL = `sqlite:${join(folder, 'market.db')}`;
  const before = await startMarket({ DATABASE_URL });
  const nonce = 'used-before-the-end';
  await push(before, { usage_records: [await hourly(before, 'NOBODY')] }, { nonce });
  await before.stop();

  const after = await startMarket({ DATABASE_URL });
  const again = await push(after, { usage_records: [await hourly(after, 'NOBODY')] }, { nonce });
  expect(again.body['error_code']).toBe('MKT.0102');
  await advance(after, 'PT10M');
  expect(ok(await after.control.usageRecords({ query: {} }))).toMatchObject([{ id: 1, state: 'ABNORMAL' }]);
});
