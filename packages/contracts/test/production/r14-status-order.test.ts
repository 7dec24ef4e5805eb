import { expect, test } from 'vitest';
import { StatusOrder } from '../../src/index.ts';

test.each([
  ['FREEZE', 'FREEZE'],
  ['FROZEN', 'FREEZE'],
  ['UNFREEZE', 'UNFREEZE'],
  ['UNFROZEN', 'UNFREEZE'],
])('%s is read as %s', (received, read) => expect(StatusOrder.parse(received)).toBe(read));

test.each(['freeze', 'NORMAL', '', null, undefined, 1, 'toString'])('%j is refused', (status) => {
  expect(StatusOrder.safeParse(status).success).toBe(false);
});
