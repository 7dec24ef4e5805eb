import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase, prepareProbe } from '../../src/ledger/database.ts';
import { purchase } from '../callbacks.ts';
import { startSeller, temporaryDirectory } from '../seller.ts';

test('the probe asks the disk for more than a callback does, so that it fails no later when the disk is full', async () => {
  const seller = await startSeller();
  const size = (file: string): number => statSync(`${file}-wal`).size;
  const before = size(seller.file);
  await seller.store.send(purchase());
  const ofCallback = size(seller.file) - before;
  const file = join(temporaryDirectory(), 'server.db');
  const { connection, close } = await openDatabase(file);
  const probe = prepareProbe(connection);
  for (let probes = 0; probes < 3; probes += 1) {
    const soFar = size(file);
    probe();
    expect(size(file) - soFar).toBeGreaterThan(ofCallback);
  }
  await close();
});
