import { expect, test } from 'vitest';
import {
  accountRefusalSentence,
  accountRefusals,
  authTokenRefusalCode,
  authTokenRefusalSentence,
  authTokenRefusals,
  bodySignRefusalSentence,
  bodySignRefusals,
  resultMessageLimit,
} from '../../src/index.ts';

test.each(authTokenRefusals)('%s has its code (R7)', (refusal) => {
  const authentic = ['time-stamp-stale', 'time-stamp-ahead', 'auth-token-wrong', 'auth-token-replayed'];
  expect(authTokenRefusalCode(refusal)).toBe(authentic.includes(refusal) ? '000001' : '000002');
});

test('sentences fit into an answer and tell the reasons apart', () => {
  const sentences = [
    ...authTokenRefusals.map(authTokenRefusalSentence),
    ...bodySignRefusals.map(bodySignRefusalSentence),
    ...accountRefusals.map(accountRefusalSentence),
  ];
  expect(new Set(sentences).size).toBe(sentences.length);
  for (const sentence of sentences) {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence.length).toBeLessThanOrEqual(resultMessageLimit);
  }
});
