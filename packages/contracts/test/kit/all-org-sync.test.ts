import { describe, expect, test } from 'vitest';
import { AllOrgSync, OrgInfo } from '../../src/index.ts';
import { describeText } from '../members.ts';
import { describeKitBody, describeList } from './members.ts';
import { kitRequests } from './requests.ts';

const example = kitRequests.allOrgSync;
const department = { orgCode: '00000001', orgName: '产品部', parentCode: '265789314' };

describeKitBody(AllOrgSync, example);
describeList(AllOrgSync, example, 'orgInfoList', {
  item: department,
  broken: { orgCode: '1', name: 'x' },
  names: 'orgName',
});

describe('OrgInfo', () => {
  describeText(OrgInfo, department, 'orgCode', 64, true);
  describeText(OrgInfo, department, 'orgName', 128, true);
  describeText(OrgInfo, department, 'parentCode', 64, false);
});

test('the printed example, whose member names have no quotes, is read', () => {
  const { orgInfoList } = AllOrgSync.parse(example);
  expect(orgInfoList).toEqual([department, { orgCode: '00000002', orgName: '测试部', parentCode: '265789314' }]);
});
