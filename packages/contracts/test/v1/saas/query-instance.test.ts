import { describe, expect, test } from 'vitest';
import { result, V1QueryInstance, V1QueryInstanceAnswer } from '../../../src/index.ts';
import { complaints, describeInstanceIds } from '../../members.ts';
import { describeV1Query } from '../members.ts';
import { v1Requests } from '../requests.ts';

describeV1Query(V1QueryInstance, v1Requests.queryInstance);
describeInstanceIds(V1QueryInstance, v1Requests.queryInstance);

describe('answer', () => {
  const answer = { ...result('000000'), encryptType: '2', info: [{ instanceId: 'i-1' }] };

  test('with everything', () => expect(V1QueryInstanceAnswer.parse(answer)).toEqual(answer));
  test('a refusal needs nothing but its result', () => {
    expect(V1QueryInstanceAnswer.parse(result('000003'))).toEqual(result('000003'));
  });
  test.each([
    ['encryptType', 'AES'],
    ['info', {}],
  ])('%s %j is refused', (member, value) => {
    expect(complaints(V1QueryInstanceAnswer, { ...answer, [member]: value })).toEqual([member]);
  });
});
