import { expect, test } from 'vitest';
import { keptAnswer } from '../src/callbacks/kept-answer.ts';

/** What a seller tells of accounts is not kept (R27). */

const kept = (text: string): string => keptAnswer(new TextEncoder().encode(text));

test.each([
  ['{"password":"s3cret"}', '{"password":"***"}'],
  ['{"userName" : "buyer", "password":"a\\"b\\\\"}', '{"userName" : "***", "password":"***"}'],
  ['{"info":[{"password":"s3cret', '{"info":[{"password":"***"'],
  ['{"memo":"no account"}', '{"memo":"no account"}'],
])('%s is kept as %s', (answer, expected) => {
  expect(kept(answer)).toBe(expected);
});

test('only the beginning is kept, and no secret that stands across its end', () => {
  const answer = `{"memo":"${'x'.repeat(4070)}","password":"s3cret-${'y'.repeat(100)}"}`;
  expect(kept(answer)).toHaveLength(4096);
  expect(kept(answer)).not.toContain('s3cret');
});
