import { describe, expect, test } from 'vitest';
import {
  ActivateAnswer,
  ActivateRequest,
  BatchActivateRequest,
  BatchHeartbeatAnswer,
  BatchHeartbeatRequest,
  HeartbeatAnswer,
  HeartbeatRequest,
  LicenseCodeInfo,
  LicenseInfo,
  licenseOpenApi,
  OpenApiResult,
  openApiErrorResponses,
  SoftwareUsageAnswer,
  SoftwareUsageRequest,
} from '../../src/index.ts';

const license = 'PLXXXXXX';
const success = { error_code: '92020000', error_msg: 'success' };

test.each([
  ['activate', 'v1/license/activate', ActivateRequest, ActivateAnswer],
  ['activateBatch', 'v2/license/activate', BatchActivateRequest, OpenApiResult],
  ['heartbeat', 'v1/license/heartbeat', HeartbeatRequest, HeartbeatAnswer],
  ['heartbeatBatch', 'v2/license/heartbeat', BatchHeartbeatRequest, BatchHeartbeatAnswer],
  ['softwareUsage', 'v2/license/software-usage-info', SoftwareUsageRequest, SoftwareUsageAnswer],
] as const)('%s is at its path', (name, path, body, answer) => {
  expect(licenseOpenApi[name]).toMatchObject({ method: 'POST', path: `/api/mkp-openapi-public/global/${path}`, body });
  expect(licenseOpenApi[name].responses).toEqual({ ...openApiErrorResponses, 200: answer });
});

describe('activation', () => {
  test('of one code', () => {
    expect(ActivateRequest.safeParse({ license }).success).toBe(true);
    expect(ActivateRequest.safeParse({ license, real_effect_time: '20260102153555' }).success).toBe(true);
  });
  test.each([
    [{}],
    [{ license: '' }],
    [{ license: null }],
    [{ license: 'x'.repeat(65) }],
    [{ license, real_effect_time: '2'.repeat(17) }],
    [{ license, real_effect_time: 20260102153555 }],
  ])('refused: %j', (body) => expect(ActivateRequest.safeParse(body).success).toBe(false));

  test('answers with JSON inside a text, as the example has it', () => {
    const license_code_info =
      '{"status":"ALIVE","expire_time":"20230726121646","product_id":"12345","amount":2,"order_id":"CS123"}';
    const answer = ActivateAnswer.parse({ ...success, data: { license_code_info } });
    expect(LicenseCodeInfo.parse(JSON.parse(answer.data?.license_code_info ?? ''))).toMatchObject({ amount: 2 });
    expect(ActivateAnswer.parse(success)).toEqual(success);
  });

  test.each([
    [1, true],
    [100, true],
    [0, false],
    [101, false],
  ])('of %i codes at once: %s', (count, allowed) => {
    const license_list = Array.from({ length: count }, (_, at) => `PL${at}`);
    expect(BatchActivateRequest.safeParse({ license_list }).success).toBe(allowed);
  });
  test('of an empty code among others is refused', () => {
    expect(BatchActivateRequest.safeParse({ license_list: [license, ''] }).success).toBe(false);
  });
});

describe('query', () => {
  test.each([
    [{ license }, true],
    [{ license, heartbeatInfo: { thirdPartyAccount: 'myaccount1', ip: '192.168.1.51' } }, true],
    [{ license, heartbeatInfo: { thirdPartyAccount: 'myaccount1', more: { x: 1 } } }, true],
    [{ license, heartbeatInfo: { thirdPartyAccount: 'x'.repeat(256) } }, true],
    [{ license, heartbeatInfo: { thirdPartyAccount: 'x'.repeat(257) } }, false],
    [{ license, heartbeatInfo: { thirdPartyAccount: '' } }, false],
    [{ license, heartbeatInfo: { ip: '192.168.1.51' } }, false],
    [{ license, heartbeatInfo: { thirdPartyAccount: 'a', ip: 'x'.repeat(33) } }, false],
    [{ license: 'x'.repeat(65) }, false],
    [{}, false],
  ])('%j: %s', (body, allowed) => expect(HeartbeatRequest.safeParse(body).success).toBe(allowed));

  test.each(['ALIVE', 'EXPIRED', 'RELEASED'])('knows the status %s', (status) => {
    expect(LicenseInfo.safeParse({ license_code: license, status }).success).toBe(true);
  });
  test('knows no other status', () => {
    expect(LicenseInfo.safeParse({ license_code: license, status: 'FROZEN' }).success).toBe(false);
  });
  test('keeps members that the store adds', () => {
    const data = { license_code: license, status: 'ALIVE', activate_time: 'undocumented', new_member: 1 };
    expect(HeartbeatAnswer.parse({ ...success, data }).data).toEqual(data);
  });
  test('an error comes without data', () => {
    const error = { error_code: '92020005', error_msg: 'license code notexist' };
    expect(HeartbeatAnswer.parse(error)).toEqual(error);
  });
  test('of several codes passes anything, because nothing is documented', () => {
    expect(BatchHeartbeatRequest.parse({ license_list: [license] })).toEqual({ license_list: [license] });
    expect(BatchHeartbeatAnswer.parse({ ...success, data: [1] })).toEqual({ ...success, data: [1] });
  });
});

describe('usage', () => {
  const usage = (...entries: unknown[]) => ({ usage_info: [{ license, software_usage_Info: entries }] });

  test.each([
    [usage({ id: 'account1' }), true],
    [usage({ active_num: 100 }), true],
    [usage({ active_num: 0 }), true],
    [usage({ active_num: 999_999_999 }), true],
    [usage({ id: 'a' }, { active_num: 1 }), true],
    [usage({ active_num: 1_000_000_000 }), false],
    [usage({ active_num: -1 }), false],
    [usage({ active_num: 1.5 }), false],
    [usage({ active_num: '100' }), false],
    [usage({ id: '' }), false],
    [usage({ id: 'x'.repeat(256) }), true],
    [usage({ id: 'x'.repeat(257) }), false],
    [usage({ id: 'account1', active_num: 100 }), false],
    [usage({}), false],
    [usage(), false],
    [{ usage_info: [] }, false],
    [{ usage_info: [{ license, software_usage_info: [{ id: 'a' }] }] }, false],
    [{}, false],
  ])('%j: %s', (body, allowed) => expect(SoftwareUsageRequest.safeParse(body).success).toBe(allowed));

  test.each([
    [100, true],
    [101, false],
  ])('%i codes, and as many entries of one: %s', (count, allowed) => {
    const [one] = usage({ id: 'a' }).usage_info;
    expect(SoftwareUsageRequest.safeParse({ usage_info: Array(count).fill(one) }).success).toBe(allowed);
    expect(SoftwareUsageRequest.safeParse(usage(...Array(count).fill({ id: 'a' }))).success).toBe(allowed);
  });
});
