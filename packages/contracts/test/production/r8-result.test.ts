import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ResultAnswer, result, resultCode, resultMessage } from '../../src/index.ts';
import { anyUnits } from '../token/requests.ts';

test.each(Object.values(resultCode))('%s has a message of its own', (code) => {
  expect(result(code)).toEqual({ resultCode: code, resultMsg: resultMessage[code] });
  expect(ResultAnswer.parse(result(code))).toEqual(result(code));
});

test.each([
  [254, 254],
  [255, 255],
  [256, 255],
  [10_000, 255],
])('a message of %i code units becomes one of %i', (length, expected) => {
  const { resultMsg } = result('000002', 'x'.repeat(length));
  expect(resultMsg.length).toBe(expected);
  expect(resultMsg.endsWith('…')).toBe(length > 255);
});

test('cutting never leaves half a character', () => {
  for (const before of [252, 253, 254]) {
    const { resultMsg } = result('000002', `${'x'.repeat(before)}${'😀'.repeat(10)}`);
    expect(resultMsg.isWellFormed()).toBe(true);
    expect(resultMsg.length).toBeLessThanOrEqual(255);
  }
});

test('every answer has both members, within their lengths', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(resultCode)), anyUnits(600), (code, message) => {
      expect(ResultAnswer.safeParse(result(code, message)).success).toBe(true);
    }),
  );
});

test.each([
  ['no message', { resultCode: '000000' }],
  ['no code', { resultMsg: 'success.' }],
  ['an unknown code', { resultCode: '000099', resultMsg: '' }],
  ['a code that is a number', { resultCode: 0, resultMsg: '' }],
  ['a message of 256 code units', { resultCode: '000000', resultMsg: 'x'.repeat(256) }],
  ['a message of 128 characters that take two each', { resultCode: '000000', resultMsg: '😀'.repeat(128) }],
])('an answer with %s is none', (_, answer) => expect(ResultAnswer.safeParse(answer).success).toBe(false));
