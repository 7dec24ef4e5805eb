import { expect, test } from 'vitest';
import { lineLimit } from '../../src/observe/line-limit.ts';

test('so many lines pass in a second, and the next one to pass tells how many were held back', () => {
  let now = 0;
  const limit = lineLimit(2, () => now);
  const pass = () => limit.pass();
  expect([pass(), pass(), pass(), pass(), pass()]).toEqual([0, 0, undefined, undefined, undefined]);
  now = 999;
  expect(pass()).toBeUndefined();
  now = 1_000;
  expect([pass(), pass(), pass()]).toEqual([4, 0, undefined]);
  now = 60_000;
  expect(pass()).toBe(1);
});
