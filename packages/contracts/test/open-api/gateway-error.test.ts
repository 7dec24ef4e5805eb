import { expect, test } from 'vitest';
import { GatewayError, gatewayErrors, openApiErrorResponses } from '../../src/index.ts';

const rowsOf = (code: string) => gatewayErrors.filter((row) => row.code === `APIGW.${code}`).map((row) => row.status);

test.each([
  ['0101', [404, 404]],
  ['0103', [404]],
  ['0104', [400]],
  ['0105', [400]],
  ['0106', [400]],
  ['0201', [400, 413, 414, 494, 502, 504, 500]],
  ['0301', [401]],
  ['0302', [403]],
  ['0303', [401]],
  ['0304', [403]],
  ['0305', [401]],
  ['0306', [403]],
  ['0307', [401]],
  ['0308', [429]],
  ['0310', [403]],
  ['0401', [403]],
  ['0402', [403]],
  ['0404', [403]],
  ['0501', [405]],
  ['0502', [405]],
  ['0601', [500]],
  ['0602', [400]],
  ['0605', [500]],
  ['0606', [500]],
  ['0607', [400]],
  ['0610', [502]],
  ['0613', [503]],
  ['0802', [403]],
])('APIGW.%s comes with %j', (code, statuses) => expect(rowsOf(code)).toEqual(statuses));

test('no row is without a page', () => expect(gatewayErrors).toHaveLength(35));

test('the two lists disagree on 0103 to 0105', () => {
  const disputed = gatewayErrors.filter((row) => 'otherStatus' in row).map(({ code }) => code);
  expect(disputed).toEqual(['APIGW.0103', 'APIGW.0104', 'APIGW.0105']);
});

test.each(gatewayErrors)('$code $status is an answer of every contract', ({ code, status, message }) => {
  const error = { error_code: code, error_msg: message, request_id: 'r' };
  expect(openApiErrorResponses[status]).toBe(GatewayError);
  expect(GatewayError.parse(error)).toEqual(error);
});

test('the id to quote may be missing, the code may not', () => {
  expect(GatewayError.safeParse({ error_code: 'APIGW.0301', error_msg: '' }).success).toBe(true);
  expect(GatewayError.safeParse({ error_msg: '', request_id: 'r' }).success).toBe(false);
});
