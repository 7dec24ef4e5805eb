import { expect, test } from 'vitest';
import { OpenApiResult, openApiErrorResponses, openApiErrors } from '../../src/index.ts';

test.each(Object.entries(openApiErrors))('%s is an answer', (error_code, { status, message }) => {
  const schema = status === 200 ? OpenApiResult : openApiErrorResponses[status];
  expect(schema.parse({ error_code, error_msg: message })).toEqual({ error_code, error_msg: message });
});

test('business errors come with HTTP 200, the request itself is at fault otherwise', () => {
  for (const [code, { status }] of Object.entries(openApiErrors)) {
    expect(status === 200).toBe(code.startsWith('9202'));
  }
});

test.each([
  [{ error_code: 'x'.repeat(16), error_msg: 'x'.repeat(1024) }, true],
  [{ error_code: 'x'.repeat(17), error_msg: '' }, false],
  [{ error_code: '', error_msg: 'x'.repeat(1025) }, false],
  [{ error_code: '😀'.repeat(9), error_msg: '' }, false],
  [{ error_code: 92020000, error_msg: '' }, false],
  [{ error_code: '92020000' }, false],
])('lengths and types: %#', (answer, allowed) => expect(OpenApiResult.safeParse(answer).success).toBe(allowed));
