import { expect, test } from 'vitest';
import { orderQueryApi, orderQueryErrors, orderQuerySuccess } from '../../src/index.ts';

test('every row of the page', () => {
  const rows = Object.entries(orderQueryErrors).map(([code, { status, message }]) => `${status} ${code} ${message}`);
  expect(rows).toEqual([
    '200 CBC.0000 Success.',
    '500 CBC.0999 System internal error.',
    '500 CBC.0100 Failure of input parameter',
    '400 CBC.0101 Invalid parameter',
    '400 CBC.0199 Request parameter error',
    '401 CBC.0150 Illegal operation',
    '401 CBC.0151 No authority',
    '401 CBC.0154 Illegal token',
    '406 CBC.0250 Access frequency overlimit',
    '500 CBC.9001 Instance ID not found.',
    '500 CBC.9002 Invalid usage enties.',
    '500 CBC.9003 Usage records extends size limit.',
    '500 CBC.9004 Record beginTime extends Limit.',
  ]);
});

test('six of them come with details', () => {
  const detailed = Object.entries(orderQueryErrors).filter(([, { extraInfo }]) => extraInfo);
  expect(detailed.map(([code]) => code)).toEqual([
    'CBC.0100',
    'CBC.0150',
    'CBC.0250',
    'CBC.9001',
    'CBC.9002',
    'CBC.9004',
  ]);
});

test.each(Object.entries(orderQueryErrors))('%s is an answer of the contract', (resultCode, { status, message }) => {
  const answer = { resultCode, resultMsg: message };
  expect(orderQueryApi.orderQuery.responses[status].parse(answer)).toEqual(answer);
});

test('a failure may be the gateway’s', () => {
  const answer = { error_code: 'APIGW.0301', error_msg: 'x', request_id: 'r' };
  expect(orderQueryApi.orderQuery.responses[401].parse(answer)).toEqual(answer);
});

test('success has two spellings', () => expect(orderQuerySuccess).toEqual(['MKT.0000', 'CBC.0000']));
