/** The documented example body of every Kit interface, with invented ids, as each generation has it. */
import type { KitActivityName } from '../../src/index.ts';
import type { Example } from '../members.ts';

const ids = { instanceId: 'invented123456', tenantId: '68cbc86000000000000d92f36422fa0e' };
const moment = { testFlag: 0, timeStamp: '20220413093539534' };

/** The two users of the V1 page; 2.0 has no example, and the same members. */
export const users = [
  {
    userName: 'zhangsan01',
    name: '张三',
    position: '系统管理员',
    orgCode: '123456789',
    role: 'admin',
    enable: 'true',
    employeeCode: '',
    mobile: '',
    email: '',
    extension: { entryDate: '2022-11-9', employeeType: '4', workPlace: '南京' },
  },
  {
    userName: 'lisi02',
    name: '李四',
    position: '运营经理',
    orgCode: '123456789',
    role: 'user',
    enable: 'true',
    extension: { entryDate: '2022-11-16', employeeType: '4', workPlace: '南京' },
  },
] as const;

export const kitRequests = {
  tenantSync: {
    ...ids,
    orderId: 'CS2601010001ABCDE',
    tenantCode: 'invented',
    name: 'Invented Ltd',
    domainName: 'https://tenant.example',
    flag: 1,
    ...moment,
  },
  applicationSync: {
    ...ids,
    appId: 'KSIDJF1234456',
    clientId: 'client-1',
    clientSecret: 'bm90IGEgcmVhbCBvbmU=',
    flag: 1,
    ...moment,
  },
  authSync: {
    ...ids,
    appId: 'KSIDJF1234456',
    userList: users,
    currentSyncTime: '20220413093539534',
    flag: 1,
    ...moment,
  },
  singleOrgSync: { ...ids, orgCode: '10000', orgName: '开发部', parentCode: '', flag: 1, ...moment },
  allOrgSync: {
    ...ids,
    // As printed: a text, and its member names without quotes.
    orgInfoList:
      '[{orgCode:"00000001", orgName:"产品部", parentCode:"265789314" },{orgCode:"00000002", orgName:"测试部", parentCode:"265789314" }]',
    flag: 1,
    ...moment,
  },
} as const satisfies Record<KitActivityName, Example>;

export const v1KitRequests = {
  tenantSync: kitRequests.tenantSync,
  applicationSync: kitRequests.applicationSync,
  authSync: { ...kitRequests.authSync, userList: JSON.stringify(users) },
  singleOrgSync: kitRequests.singleOrgSync,
  allOrgSync: {
    ...ids,
    orgInfo:
      '[{"orgCode":"00000001", "name":"产品部","parentCode":"265789314"},{"orgCode":"00000002", "name":"测试部","parentCode":"265789314"}]',
    ...moment,
  },
} as const satisfies Record<KitActivityName, Example>;
