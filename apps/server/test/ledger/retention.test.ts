import { join } from 'node:path';
import { result } from '@koobridge/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/ledger/database.ts';
import { receipts } from '../../src/ledger/receipts.ts';
import { pruneOld } from '../../src/ledger/retention.ts';
import { temporaryDirectory } from '../seller.ts';

const dayMs = 24 * 60 * 60_000;

/** A ledger with this many receipts from each day. */
async function ledgerWith(perDay: number, days: number) {
  const { connection, ledger, close } = await openDatabase(join(temporaryDirectory(), 'server.db'));
  onTestFinished(close);
  const each = Array.from({ length: perDay * days }, (_, index) => {
    const receipt = {
      receivedAt: Math.floor(index / perDay) * dayMs,
      activity: null,
      subject: null,
      keyId: 'k',
      reading: 'raw',
      nonce: String(index),
      body: Buffer.from('{}'),
      hashed: false,
      elapsed: () => 1,
    };
    return ledger.run([], () => receipts.once(receipt, { answer: result('000000') }));
  });
  await Promise.all(each);
  const left = () => connection.prepare('SELECT COUNT(*) AS n, MIN(received_at) AS oldest FROM receipts').get();
  return { ledger, left };
}

test('thousands of old receipts are deleted step by step, and the young ones stay', async () => {
  const { ledger, left } = await ledgerWith(1_500, 3);
  const running = new AbortController().signal;
  expect(await pruneOld(ledger, receipts.prune, 1, 3 * dayMs, running)).toBe(3_000);
  expect(left()).toEqual({ n: 1_500, oldest: 2 * dayMs });
  expect(await pruneOld(ledger, receipts.prune, 1, 3 * dayMs, running)).toBe(0);
});

test('one step is bounded, so that callbacks need not wait for the whole', async () => {
  const { ledger } = await ledgerWith(1_500, 1);
  expect(await ledger.run([], () => receipts.prune(dayMs))).toBe(1_000);
  expect(await ledger.run([], () => receipts.prune(dayMs))).toBe(500);
});

test('a server that stops prunes no further', async () => {
  const { ledger, left } = await ledgerWith(10, 1);
  expect(await pruneOld(ledger, receipts.prune, 1, 9 * dayMs, AbortSignal.abort())).toBe(0);
  expect(left()).toMatchObject({ n: 10 });
});
