import { expect, test } from 'vitest';
import { sortMembers } from '../../src/index.ts';
import { bytesOf, vectors } from './vectors.ts';

test.each(vectors.sortedPayload)('$id: $comment', (vector) => {
  expect(sorted(bytesOf(vector))).toBe(vector.expected.sorted);
});

test.each(vectors.sortedPayload)('$id: sorting twice changes nothing more', ({ expected }) => {
  if (expected.sorted !== null) expect(sortMembers(expected.sorted)).toBe(expected.sorted);
});

function sorted(body: Uint8Array): string | null {
  try {
    return sortMembers(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)) ?? null;
  } catch {
    return null;
  }
}
