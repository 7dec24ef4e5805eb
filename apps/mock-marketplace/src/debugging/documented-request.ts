import { type ActivityName, isKitActivityName, type KitActivityName } from '@koobridge/contracts';
import type { CallName } from '../callbacks/calls.ts';
import type { Members } from './case.ts';

/**
 * The requests of the debugging page before anybody fills them in: the sample values of the interface's own page, with
 * the orders that the store's order query answers for debugging (查询订单), and `testFlag` set. An order that a scene or
 * an activity belongs to is the mock order of that kind.
 */

const license = 'PLXXXXXX';
const instanceId = '10e758d0-31ad-4c4b-8f1b-81d03469a10e';
const tenantId = '68cbc86abc2018ab880d92f36422fa0e';
const timeStamp = '20220413093539534';

const line = (orderId: string) => ({ orderId, orderLineId: `${orderId}-000001` });

const activityMembers = {
  refreshLicenseCode: { license, ...line('MOCKMONTYRENEW'), scene: 'RENEWAL', expireTime: '20230523201932' },
  updateLicenseCodeStatus: { license, status: 'FREEZE' },
  releaseLicenseCode: { license, ...line('MOCKMONTYUNSUBSCRIBE') },
  newInstance: { ...line('MOCKPERIODYEARNEW'), businessId: '' },
  queryInstance: { instanceId },
  refreshInstance: { instanceId, ...line('MOCKMONTYRENEW'), scene: 'RENEWAL', expireTime: '20221124023618256' },
  updateInstanceStatus: { instanceId, status: 'FREEZE' },
  releaseInstance: { instanceId, ...line('MOCKMONTYUNSUBSCRIBE') },
  upgradeInstance: { instanceId, ...line('MOCKMONTYCHANGE') },
  changeInstanceCheck: {
    instanceId,
    productInfo: [{ skuCode: 'SAMPLE-SKU-CODE', productId: 'SAMPLE-PRODUCT-ID', linearValue: 1 }],
  },
  getLicenseAsync: { instanceId, effectiveTime: '2023-10-27 10:30:15 z', eventId: 'SAMPLE-EVENT-ID' },
  orderNotify: line('MOCKPERIODYEARNEW'),
} as const satisfies Readonly<Record<ActivityName, Members>>;

/** No order exists yet when a tenant is synchronised on the debugging page, so two ids are empty there. */
const kitMembers = {
  tenantSync: {
    instanceId: '',
    orderId: '',
    tenantId,
    tenantCode: 'huawei',
    name: 'huaiweitest',
    domainName: 'https://example.tenantaccount.com',
    flag: 1,
    timeStamp,
  },
  applicationSync: {
    instanceId,
    tenantId,
    appId: 'KSIDJF1234456',
    clientId: 'SAMPLE-CLIENT-ID',
    clientSecret: 'SAMPLE-CIPHERTEXT',
    flag: 1,
    timeStamp,
  },
  authSync: {
    instanceId,
    tenantId,
    appId: 'KSIDJF1234456',
    userList: [
      { userName: 'sample-user', name: 'Sample User', orgCode: '10000', role: 'user', enable: 'true', employeeType: 1 },
    ],
    currentSyncTime: timeStamp,
    flag: 1,
    timeStamp,
  },
  singleOrgSync: { instanceId, tenantId, orgCode: '10000', orgName: '开发部', parentCode: '', flag: 1, timeStamp },
  allOrgSync: {
    instanceId,
    tenantId,
    orgInfoList: [
      { orgCode: '00000001', orgName: '产品部', parentCode: '265789314' },
      { orgCode: '00000002', orgName: '测试部', parentCode: '265789314' },
    ],
    timeStamp,
  },
} as const satisfies Readonly<Record<KitActivityName, Members>>;

/** The scenes whose order is another one than a renewal's. */
const orderOfScene: Readonly<Record<string, string>> = {
  UNSUBSCRIBE_RENEWAL_PERIOD: 'MOCKMONTYUNSUBSCRIBE',
  TRIAL_TO_FORMAL: 'MOCKMONTYTRIALTOFORMAL',
};

/** The documented request of an interface, as its page shows it for this scene. */
export function documentedRequest(name: CallName, scene: unknown): Members {
  if (isKitActivityName(name)) return { ...kitMembers[name], testFlag: 1 };
  const order = typeof scene === 'string' && 'scene' in activityMembers[name] ? orderOfScene[scene] : undefined;
  return { activity: name, ...activityMembers[name], ...(order === undefined ? {} : line(order)), testFlag: '1' };
}
