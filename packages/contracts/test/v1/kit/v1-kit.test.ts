import { describe, expect, test } from 'vitest';
import { KitUser, kitActivities, v1KitActivities } from '../../../src/index.ts';
import { describeFlag, describeKitBody, describeList } from '../../kit/members.ts';
import { kitRequests, users, v1KitRequests } from '../../kit/requests.ts';
import { complaints, describeMoment, describeText, without } from '../../members.ts';

const { tenantSync, applicationSync, authSync, singleOrgSync, allOrgSync } = v1KitActivities;

describe('tenantSync', () => {
  const example = v1KitRequests.tenantSync;
  describeKitBody(tenantSync.request, example);
  for (const [member, max] of [
    ['tenantCode', 64],
    ['name', 255],
    ['domainName', 255],
  ] as const) {
    describeText(tenantSync.request, example, member, max, true);
  }
  describeText(tenantSync.request, example, 'orderId', 64, false);
  describeFlag(tenantSync.request, example, [0, 1]);
});

describe('applicationSync', () => {
  const example = v1KitRequests.applicationSync;
  describeKitBody(applicationSync.request, example);
  for (const [member, max] of [
    ['appId', 64],
    ['clientId', 64],
    ['clientSecret', 4096],
  ] as const) {
    describeText(applicationSync.request, example, member, max, true);
  }
  describeFlag(applicationSync.request, example, [0, 1]);
});

describe('authSync', () => {
  const example = v1KitRequests.authSync;
  describeKitBody(authSync.request, example);
  describeText(authSync.request, example, 'appId', 64, true);
  describeMoment(authSync.request, example, 'currentSyncTime', { milliseconds: true });
  describeFlag(authSync.request, example, [0, 1, 2]);
  describeList(authSync.request, example, 'userList', {
    item: users[1],
    broken: without(users[1], 'orgCode'),
    names: 'orgCode',
  });

  test.each([500, 501])('%i users: up to 500 are taken, and any number in 2.0', (count) => {
    const userList = JSON.stringify(Array.from({ length: count }, () => users[1]));
    expect(complaints(authSync.request, { ...example, userList })).toEqual(count > 500 ? ['userList'] : []);
    expect(complaints(kitActivities.authSync.request, { ...example, userList })).toEqual([]);
  });
  test('the text of the example is read as the list of 2.0', () => {
    const { userList } = authSync.request.parse(example);
    expect(userList).toEqual(users.map((user) => KitUser.parse(user)));
    expect(userList).toEqual(kitActivities.authSync.request.parse(kitRequests.authSync).userList);
  });
});

describe('singleOrgSync', () => {
  const example = v1KitRequests.singleOrgSync;
  describeKitBody(singleOrgSync.request, example);
  describeText(singleOrgSync.request, example, 'orgCode', 64, true);
  describeText(singleOrgSync.request, example, 'orgName', 128, true);
  describeText(singleOrgSync.request, example, 'parentCode', 64, false);
  describeFlag(singleOrgSync.request, example, [0, 1, 2]);
});

describe('allOrgSync', () => {
  const example = v1KitRequests.allOrgSync;
  const { request } = allOrgSync;
  const department = { orgCode: '00000001', name: '产品部', parentCode: '265789314' };
  describeKitBody(request, example);
  describeList(request, example, 'orgInfo', {
    item: department,
    broken: { orgCode: '1', orgName: 'x' },
    names: 'name',
  });

  test('is read under the names of 2.0', () => {
    const { orgInfoList, ...rest } = kitActivities.allOrgSync.request.parse(kitRequests.allOrgSync);
    expect(request.parse(example)).toEqual({ ...rest, orgInfoList });
  });
  test.each([
    ['orgCode', 64],
    ['name', 128],
    ['parentCode', 64],
  ])('%s of a department has at most %i', (member, max) => {
    const complaintsAbout = (length: number) =>
      complaints(request, { ...example, orgInfo: [{ ...department, [member]: 'x'.repeat(length) }] });
    expect(complaintsAbout(max)).toEqual([]);
    expect(complaintsAbout(max + 1)).toEqual([`orgInfo.0.${member}`]);
  });
  test('a department at the top has an empty parent, however that is written', () => {
    for (const parent of [{ parentCode: '' }, { parentCode: null }, {}]) {
      const orgInfo = [{ orgCode: '1', name: 'x', ...parent }];
      expect(request.parse({ ...example, orgInfo }).orgInfoList).toEqual([
        { orgCode: '1', orgName: 'x', parentCode: '' },
      ]);
    }
  });
});
