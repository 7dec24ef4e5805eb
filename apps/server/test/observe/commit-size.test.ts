import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { touch, type Work } from '../../src/ledger/work.ts';
import { countCommits } from '../../src/observe/commit-size.ts';
import { newDatabase, open } from '../database.ts';

test('work that shares a commit is counted together, what fails is not, and each keeps its value', async () => {
  const { ledger, close } = await open(await newDatabase());
  onTestFinished(close);
  const sizes: number[] = [];
  const counted = countCommits((size) => sizes.push(size));
  const work = (value: number) =>
    function* (): Work<number> {
      if (value < 0) throw new Error('not this one');
      yield* touch('A');
      return value;
    };
  const many = Array.from({ length: 100 }, (_, index) => ledger.run(['A'], () => counted(work(index))));
  expect(await Promise.all(many)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  expect(sizes).toEqual([100]);
  await expect(ledger.run(['A'], () => counted(work(-1)))).rejects.toThrow('not this one');
  await ledger.run(['A'], () => counted(work(1)));
  await setImmediate();
  expect(sizes).toEqual([100, 1]);
});
