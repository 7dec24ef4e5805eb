import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { lookingProbe } from '../../src/ledger/probe.ts';
import type { Query, Work } from '../../src/ledger/work.ts';
import { readiness } from '../../src/observe/readiness.ts';

test('one write at a time, however many ask and however long it takes; none once the server stops', async () => {
  let writes = 0;
  let finish = (): void => undefined;
  const write = () => {
    writes += 1;
    return new Promise<void>((resolve) => {
      finish = resolve;
    });
  };
  const ending = new AbortController();
  const ready = readiness({ write, limitMs: 20, stopping: ending.signal });
  const unwritable = { ready: false, reason: 'the ledger cannot be written to' };
  expect(await Promise.all(Array.from({ length: 50 }, ready))).toEqual(Array(50).fill(unwritable));
  expect(await ready()).toEqual(unwritable);
  expect(writes).toBe(1);
  finish();
  await sleep(0);
  const asked = ready();
  finish();
  expect(await asked).toEqual({ ready: true });
  expect(writes).toBe(2);
  ending.abort();
  expect(await ready()).toEqual({ ready: false, reason: 'the server is stopping' });
  expect(writes).toBe(2);
});

test('a look costs little, but for the first, one in half a minute, and the one after a failure', async () => {
  let now = 0;
  let fails = false;
  const sizes: number[] = [];
  const write = async (work: () => Work<void>) => {
    if (fails) throw new Error('disk full');
    const { value } = work().next();
    const [written] = (value as Query).values; // the first thing it does is its write
    sizes.push(written instanceof Uint8Array ? written.length : 0);
  };
  const look = lookingProbe(write, () => now);
  for (const at of [0, 10, 29_999, 30_000, 30_001]) {
    now = at;
    await look();
  }
  fails = true;
  await expect(look()).rejects.toThrow('disk full');
  fails = false;
  await look();
  expect(sizes).toEqual([65_536, 0, 0, 65_536, 0, 65_536]);
});
