import { describe, expect, test } from 'vitest';
import {
  AppInfo,
  InstanceInfo,
  ProductionRequest,
  QueryInstance,
  QueryInstanceAnswer,
  result,
  UsageInfo,
} from '../../src/index.ts';
import {
  complaints,
  describeActivity,
  describeInstanceIds,
  describeMoment,
  describeTestFlag,
  describeText,
} from '../members.ts';
import { requests } from '../production/requests.ts';

describeActivity(QueryInstance, requests.queryInstance, ProductionRequest);
describeInstanceIds(QueryInstance, requests.queryInstance);
describeTestFlag(QueryInstance, requests.queryInstance);

const appInfo = {
  frontEndUrl: 'https://app.example',
  adminUrl: 'https://app.example/admin',
  userName: 'admin',
  password: 'not a real one',
  memo: '中文',
};
const usageInfo = {
  relatedInstanceId: 'i-2',
  usageValue: 12.5,
  statisticalTime: '20221124023618256',
  dashboardUrl: 'https://app.example/usage',
};
const instance = { instanceId: 'i-1', appInfo, usageInfo: [usageInfo] };
const answer = { ...result('000000'), info: [instance] };

test('an answer with everything is read as it stands', () => {
  expect(QueryInstanceAnswer.parse(answer)).toEqual(answer);
});

test.each([
  ['a refusal', result('000003')],
  ['a refusal with null for absent', { ...result('000003'), info: null }],
  ['no instance', { ...answer, info: [] }],
  ['no access', { ...answer, info: [{ instanceId: 'i-1' }] }],
  ['null for absent', { ...answer, info: [{ instanceId: 'i-1', appInfo: null, usageInfo: null }] }],
])('an answer with %s is one', (_, body) => expect(complaints(QueryInstanceAnswer, body)).toEqual([]));

test.each([
  ['info', { info: {} }],
  ['info.0', { info: ['i-1'] }],
  ['info.0.appInfo', { info: [{ ...instance, appInfo: [] }] }],
  ['info.0.appInfo.frontEndUrl', { info: [{ ...instance, appInfo: {} }] }],
  ['info.0.usageInfo', { info: [{ ...instance, usageInfo }] }],
  ['info.0.usageInfo.0.usageValue', { info: [{ ...instance, usageInfo: [{ ...usageInfo, usageValue: '1' }] }] }],
])('a wrong %s is named', (member, body) => {
  expect(complaints(QueryInstanceAnswer, { ...answer, ...body })).toEqual([member]);
});

describe('InstanceInfo', () => describeText(InstanceInfo, instance, 'instanceId', 64, true));

describe('AppInfo', () => {
  describeText(AppInfo, appInfo, 'frontEndUrl', 512, true);
  describeText(AppInfo, appInfo, 'adminUrl', 512, false);
  describeText(AppInfo, appInfo, 'userName', 128, false);
  describeText(AppInfo, appInfo, 'password', 128, false);
  describeText(AppInfo, appInfo, 'memo', 1024, false);
});

describe('UsageInfo', () => {
  describeText(UsageInfo, usageInfo, 'relatedInstanceId', 64, false);
  describeMoment(UsageInfo, usageInfo, 'statisticalTime', { milliseconds: true });
  describeText(UsageInfo, usageInfo, 'dashboardUrl', 512, false);

  const complaintsAbout = (usageValue: unknown) => complaints(UsageInfo, { ...usageInfo, usageValue });
  test.each([0, 1, 0.0001, 12.5, 99_999_999.9999])('usageValue %j is a Double(12,4)', (value) => {
    expect(complaintsAbout(value)).toEqual([]);
  });
  test.each([
    undefined,
    null,
    '1',
    '',
    true,
    0.00001,
    1.23456,
    0.1 + 0.2,
    100_000_000,
    1e300,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('usageValue %j is none', (value) => expect(complaintsAbout(value)).toEqual(['usageValue']));
});
