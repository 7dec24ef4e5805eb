import { describe, expect, test } from 'vitest';
import { result, V1NewInstance, V1NewInstanceAnswer } from '../../../src/index.ts';
import { complaints, describeMoment, describeText } from '../../members.ts';
import {
  describeAmount,
  describeChargingMode,
  describeInteger,
  describePeriod,
  describeV1Query,
  describeYesNo,
} from '../members.ts';
import { v1Requests } from '../requests.ts';

const create = v1Requests.newInstance;

describeV1Query(V1NewInstance, create);
describeText(V1NewInstance, create, 'customerId', 100, true);
describeText(V1NewInstance, create, 'customerName', 64, false);
describeText(V1NewInstance, create, 'userId', 64, false);
describeText(V1NewInstance, create, 'userName', 64, false);
describeText(V1NewInstance, create, 'mobilePhone', 255, false);
describeText(V1NewInstance, create, 'email', 255, false);
describeText(V1NewInstance, create, 'businessId', 64, true);
describeText(V1NewInstance, create, 'orderId', 64, true);
describeText(V1NewInstance, create, 'skuCode', 64, false);
describeText(V1NewInstance, create, 'productId', 64, true);
describeText(V1NewInstance, create, 'saasExtendParams', 2048, false);
describeText(V1NewInstance, create, 'provisionType', 255, false);
describeYesNo(V1NewInstance, create, 'trialFlag');
describeMoment(V1NewInstance, create, 'expireTime', { mandatory: false });
describeChargingMode(V1NewInstance, create);
describeInteger(V1NewInstance, create, 'amount', 7);
describeInteger(V1NewInstance, create, 'diskSize', 7);
describeInteger(V1NewInstance, create, 'bandWidth', 7);
describePeriod(V1NewInstance, create);
describeAmount(V1NewInstance, create);

test('is read as it stands, with flags as booleans', () => {
  expect(V1NewInstance.parse(create)).toEqual({ ...create, testFlag: true, trialFlag: false });
});

describe('answer', () => {
  const appInfo = { frontEndUrl: 'https://app.example', userName: 'x'.repeat(128), password: 'x'.repeat(128) };
  const answer = { ...result('000000'), encryptType: '1', instanceId: 'i-1', appInfo };

  test('with everything', () => expect(V1NewInstanceAnswer.parse(answer)).toEqual(answer));
  test('a refusal needs nothing but its result', () => {
    expect(V1NewInstanceAnswer.parse(result('000101'))).toEqual(result('000101'));
  });
  test.each([
    ['encryptType', '3'],
    ['encryptType', 1],
    ['encryptType', ''],
    ['instanceId', ''],
    ['instanceId', 'x'.repeat(65)],
    ['appInfo', 'https://app.example'],
  ])('%s %j is refused', (member, value) => {
    expect(complaints(V1NewInstanceAnswer, { ...answer, [member]: value })).toEqual([member]);
  });
  test('the lengths of the account hold for the encrypted text', () => {
    const body = { ...answer, appInfo: { ...appInfo, userName: 'x'.repeat(129) } };
    expect(complaints(V1NewInstanceAnswer, body)).toEqual(['appInfo.userName']);
  });
});
