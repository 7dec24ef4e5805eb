import { describe, expect, test } from 'vitest';
import {
  AbnormalUsageDataInfo,
  OldUsagePushRequest,
  UsagePushAnswer,
  UsagePushHeaders,
  UsagePushRequest,
  usagePushApi,
  usagePushErrors,
} from '../../src/index.ts';
import { describeText } from './members.ts';

const usage = {
  instance_id: '7f141bf1-aec8-4859-8323-fb3a8ad50721',
  record_time: '20220809T091000Z',
  begin_time: '20220809T080000Z',
  end_time: '20220809T090000Z',
  usage_value: '12.5',
};
const record = { ...usage, metering_sn: 'sn-1' };
const oldRecord = { ...usage, product_id: 'OFFI1' };

test('both are POSTs at their paths', () => {
  expect(Object.values(usagePushApi).map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /api/mkp-openapi-public/global/v1/isv/usage-data',
    'POST /rest/marketplace/v1/isv/usage-data',
  ]);
});

describe.each([
  ['new', UsagePushRequest, record],
  ['old', OldUsagePushRequest, oldRecord],
] as const)('%s interface', (_, schema, example) => {
  const wrap = (members: object) => ({ usage_records: [{ ...example, ...members }] });
  const accepts = (body: unknown) => schema.safeParse(body).success;

  describeText(schema, wrap, 'instance_id', { max: 64 });
  describeText(schema, wrap, 'record_time', { max: 17 });
  describeText(schema, wrap, 'begin_time', { max: 17 });
  describeText(schema, wrap, 'end_time', { max: 17 });
  describeText(schema, wrap, 'usage_value', { max: 20 });
  describeText(schema, wrap, 'relate_pkg_instance', { max: 64, optional: true, nullable: true, mayBeEmpty: true });

  test('keeps every member of its record', () => {
    expect(schema.parse(wrap({ relate_pkg_instance: 'p' }))).toEqual(wrap({ relate_pkg_instance: 'p' }));
  });
  test('takes the value as a number too', () => expect(accepts(wrap({ usage_value: 12.5 }))).toBe(true));
  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is no JSON', (usage_value) =>
    expect(accepts(wrap({ usage_value }))).toBe(false),
  );
  test('lets in faulty records, which are judged one by one', () => {
    expect(accepts(wrap({ begin_time: 'yesterday', usage_value: '-1' }))).toBe(true);
  });
  test.each([
    [0, false],
    [1, true],
    [1000, true],
    [1001, false],
  ])('%i records: %s', (count, allowed) => {
    expect(accepts({ usage_records: Array.from({ length: count }, () => example) })).toBe(allowed);
  });
  test.each([{}, { usage_records: null }, { usage_records: example }, [example]])('refused: %j', (body) =>
    expect(accepts(body)).toBe(false),
  );
});

describe('the new interface alone', () => {
  const wrap = (members: object) => ({ usage_records: [{ ...record, ...members }] });
  describeText(UsagePushRequest, wrap, 'metering_sn', { max: 64, optional: true, nullable: true, mayBeEmpty: true });

  const headers = (members: object) => ({ signature: 'c2ln', ts: '1709690865879', nonce: 'n', ...members });
  describeText(UsagePushHeaders, headers, 'signature', { max: 1000 });
  describeText(UsagePushHeaders, headers, 'ts', { max: 20 });
  describeText(UsagePushHeaders, headers, 'nonce', { max: 64 });
});

describe('the old interface alone', () => {
  const wrap = (members: object) => ({ usage_records: [{ ...oldRecord, ...members }] });
  describeText(OldUsagePushRequest, wrap, 'product_id', { max: 64 });
});

describe('answer', () => {
  const wrap = (members: object) => ({ error_code: 'MKT.0000', error_msg: 'success', ...members });
  describeText(UsagePushAnswer, wrap, 'error_code', { max: 16, mayBeEmpty: true });
  describeText(UsagePushAnswer, wrap, 'error_msg', { max: 255, optional: true, mayBeEmpty: true });

  test('keeps the member for abnormal records, whatever its name', () => {
    const answer = { error_code: 'MKT.0000', somewhere: { abnormal_usage_data: [{ error_msg: 'x' }] } };
    expect(UsagePushAnswer.parse(answer)).toEqual(answer);
    expect(AbnormalUsageDataInfo.parse(answer.somewhere)).toEqual(answer.somewhere);
  });
  test.each([
    [Array.from({ length: 1000 }, () => ({ error_msg: 'x', unseen: 1 })), true],
    [Array.from({ length: 1001 }, () => ({ error_msg: 'x' })), false],
    [[{}], false],
    [undefined, false],
  ])('abnormal records: %#', (abnormal_usage_data, allowed) =>
    expect(AbnormalUsageDataInfo.safeParse({ abnormal_usage_data }).success).toBe(allowed),
  );
});

describe('error codes', () => {
  test('every row of the page', () => {
    const rows = Object.entries(usagePushErrors).map(([code, { status, message }]) => `${status} ${code} ${message}`);
    expect(rows).toEqual([
      '200 MKT.0000 Success.',
      '500 MKT.0999 System internal error.',
      '500 MKT.0100 Failure of input parameter',
      '400 MKT.0101 Invalid parameter',
      '400 MKT.0102 Invalid body sign',
      '400 MKT.0199 Request parameter error',
      '401 MKT.0150 Illegal operation',
      '401 MKT.0151 No authority',
      '401 MKT.0154 Illegal token',
      '500 MKT.9001 Instance ID not found.',
      '500 MKT.9002 Invalid usage enties.',
      '500 MKT.9003 Usage records extends size limit.',
      '500 MKT.9004 Record beginTime extends Limit.',
    ]);
  });
  test.each(Object.entries(usagePushErrors))('%s is an answer of the contract', (error_code, { status, message }) => {
    const answer = { error_code, error_msg: message };
    for (const { responses } of Object.values(usagePushApi)) expect(responses[status].parse(answer)).toEqual(answer);
  });
});
