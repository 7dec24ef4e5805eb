import { describe, expect, test } from 'vitest';
import { result, V1GetLicense, V1GetLicenseAnswer } from '../../../src/index.ts';
import { complaints, describeMoment, describeText } from '../../members.ts';
import { describeChargingMode, describeInteger, describePeriod, describeV1Query } from '../members.ts';
import { v1Requests } from '../requests.ts';

const get = v1Requests.getLicense;

describeV1Query(V1GetLicense, get);
describeText(V1GetLicense, get, 'customerId', 100, true);
describeText(V1GetLicense, get, 'customerName', 64, false);
describeText(V1GetLicense, get, 'businessId', 64, true);
describeText(V1GetLicense, get, 'orderId', 64, true);
describeText(V1GetLicense, get, 'skuCode', 64, false);
describeText(V1GetLicense, get, 'productId', 64, true);
describeText(V1GetLicense, get, 'provisionType', 255, false);
describeText(V1GetLicense, get, 'saasExtendParams', 2048, false);
describeText(V1GetLicense, get, 'userId', 64, false);
describeText(V1GetLicense, get, 'userName', 64, false);
describeMoment(V1GetLicense, get, 'expireTime', { mandatory: false });
describePeriod(V1GetLicense, get);
describeInteger(V1GetLicense, get, 'amount', 7);
describeChargingMode(V1GetLicense, get);

describe('answer', () => {
  const answer = { ...result('000000'), instanceId: 'i-1', license: 'AAAA-BBBB' };

  test('with everything', () => expect(V1GetLicenseAnswer.parse(answer)).toEqual(answer));
  test('a refusal needs nothing but its result', () => {
    expect(V1GetLicenseAnswer.parse(result('000005'))).toEqual(result('000005'));
  });
  test('a License of any size that a key file has', () => {
    expect(complaints(V1GetLicenseAnswer, { ...answer, license: 'x'.repeat(16_384) })).toEqual([]);
  });
  test.each([
    ['license', ''],
    ['license', 'x'.repeat(16_385)],
    ['instanceId', ''],
    ['instanceId', 'x'.repeat(65)],
  ])('a wrong %s is refused', (member, value) => {
    expect(complaints(V1GetLicenseAnswer, { ...answer, [member]: value })).toEqual([member]);
  });
});
