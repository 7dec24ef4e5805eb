import { expect, test } from 'vitest';
import { TestFlag } from '../../src/index.ts';

test.each(['1', 1])('%j is debugging', (flag) => expect(TestFlag.parse(flag)).toBe(true));

test.each(['0', 0, '', null, undefined])('%j is real traffic', (flag) => expect(TestFlag.parse(flag)).toBe(false));

test.each(['2', 2, '01', '1 ', ' ', 'true', true, false, -1, 0.1, '１', {}])('%j is refused', (flag) => {
  const { success, error } = TestFlag.safeParse(flag);
  expect(success).toBe(false);
  expect(error?.issues.map((issue) => issue.message)).toEqual(['must be "1" or "0"']);
});

test.each([[[]], [['1']]])('a list is refused: %j', (flag) => expect(TestFlag.safeParse(flag).success).toBe(false));
