import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/ledger/database.ts';
import { probe } from '../../src/ledger/probe.ts';
import { purchase } from '../callbacks.ts';
import { fileOf } from '../database.ts';
import { startSeller, temporaryDirectory } from '../seller.ts';

test('the probe asks the disk for more than a callback does, so that it fails no later when the disk is full', async () => {
  const seller = await startSeller();
  const size = (file: string): number => statSync(`${file}-wal`).size;
  const before = size(fileOf(seller.database));
  await seller.store.send(purchase());
  const ofCallback = size(fileOf(seller.database)) - before;
  const file = join(temporaryDirectory(), 'server.db');
  const { ledger, close } = await openDatabase(file);
  for (let probes = 0; probes < 3; probes += 1) {
    const soFar = size(file);
    await ledger.run([], probe);
    expect(size(file) - soFar).toBeGreaterThan(ofCallback);
  }
  await close();
});
