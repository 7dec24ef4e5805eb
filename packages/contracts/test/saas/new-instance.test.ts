import { describe, expect, test } from 'vitest';
import { NewInstance, NewInstanceAnswer, ProductionRequest, result } from '../../src/index.ts';
import { complaints, describeActivity, describeTestFlag, describeText } from '../members.ts';
import { requests } from '../production/requests.ts';

const create = requests.newInstance;

describeActivity(NewInstance, create, ProductionRequest);
describeText(NewInstance, create, 'orderId', 64, true);
describeText(NewInstance, create, 'orderLineId', 64, true);
describeText(NewInstance, create, 'businessId', 64, true);
describeTestFlag(NewInstance, create);

test('is read as it stands, with the flag as a boolean', () => {
  expect(NewInstance.parse(create)).toEqual({ ...create, testFlag: false });
});

describe('answer', () => {
  const answer = { ...result('000000'), instanceId: '03pf80c2bae96vc4' };

  test.each(['000000', '000004'] as const)('%s with an id', (resultCode) => {
    expect(NewInstanceAnswer.parse({ ...answer, resultCode })).toEqual({ ...answer, resultCode });
  });
  test.each([result('000106'), { ...result('000106'), instanceId: null }])('a refusal needs none: %j', (refusal) => {
    expect(NewInstanceAnswer.parse(refusal).instanceId).toBeUndefined();
  });
  test.each([
    ['empty', ''],
    ['longer than 64', 'x'.repeat(65)],
    ['a number', 1],
  ])('an id that is %s is none', (_, instanceId) => {
    expect(complaints(NewInstanceAnswer, { ...answer, instanceId })).toEqual(['instanceId']);
  });
  test('an id of 64', () =>
    expect(complaints(NewInstanceAnswer, { ...answer, instanceId: 'x'.repeat(64) })).toEqual([]));
});
