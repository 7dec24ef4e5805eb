import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { finding } from '../../src/explain/findings.ts';
import { requestProblemSentence } from '../../src/explain/request.ts';
import { findingIds, mistake, mistakeIds, requestProblems } from '../../src/index.ts';

const tests = ['token-mistakes.test.ts', 'auth-token-mistakes.test.ts'].map((name) =>
  readFileSync(new URL(name, import.meta.url), 'utf8'),
);

test.each(mistakeIds)('%s has a request that is explained by it', (id) => {
  expect(tests.join('\n')).toContain(`'${id}'`);
});

test('each mistake says what happened and what to do, and no two say the same', () => {
  for (const id of mistakeIds) {
    const { sentence, advice } = mistake(id);
    for (const text of [sentence, advice]) expect(text).toMatch(/^(?:[A-Z]|timestamp).*\.$/);
  }
  expect(new Set(mistakeIds.map((id) => mistake(id).sentence)).size).toBe(mistakeIds.length);
});

test('so do findings and problems', () => {
  const sentences = [...findingIds.map((id) => finding(id).sentence), ...requestProblems.map(requestProblemSentence)];
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
  expect(new Set(sentences).size).toBe(sentences.length);
});
