import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { sortMembers } from '../../src/index.ts';
import { vectors } from './vectors.ts';

test.each(vectors.kitSignature)('$id: $comment', ({ accessKey, nonce, timestamp, body, reading, expected }) => {
  const payload = reading === 'raw' ? body : sortMembers(body);
  const signature = createHmac('sha256', accessKey).update(`${accessKey}${nonce}${timestamp}${payload}`).digest('hex');
  expect(signature).toBe(expected.signature);
});
