import { expect, test } from 'vitest';
import { createRefusalCodes, licenseRefusalCodes, resultCode } from '../../src/index.ts';

test('there are six common codes, eight for a creation, four for an online License', () => {
  const codes = Object.values(resultCode);
  expect(codes).toEqual([
    ...['000000', '000001', '000002', '000003', '000004', '000005'],
    ...createRefusalCodes,
    ...licenseRefusalCodes,
  ]);
  expect([createRefusalCodes.at(0), createRefusalCodes.at(-1), createRefusalCodes.length]).toEqual([
    '000100',
    '000107',
    8,
  ]);
  expect([licenseRefusalCodes.at(0), licenseRefusalCodes.at(-1), licenseRefusalCodes.length]).toEqual([
    '000900',
    '000903',
    4,
  ]);
});
