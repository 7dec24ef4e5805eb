/** The documented example query of every V1 activity, with invented ids. Where a page has none, one after its table. */
import type { V1ActivityName } from '../../src/index.ts';
import type { Example } from '../members.ts';

const instanceId = '03pf80c2bae96vc49b80b917bea770000';
const orderId = 'CS2601010001ABCDE';

/** `[{"name":"emailDomainName","value":"acme.example"}]` */
export const extendParams = 'W3sibmFtZSI6ImVtYWlsRG9tYWluTmFtZSIsInZhbHVlIjoiYWNtZS5leGFtcGxlIn1d';

export const v1Requests = {
  newInstance: {
    activity: 'newInstance',
    businessId: '7d1c0a52-4e0b-4f52-9a3e-000000000002',
    customerId: '68cbc86000000000000d92f36422fa0e',
    expireTime: '20200727153156',
    orderId,
    productId: '00301-666666-0--0',
    testFlag: '1',
  },
  refreshInstance: {
    activity: 'refreshInstance',
    expireTime: '20180725000000',
    instanceId,
    orderId: 'HWS0010000000000',
    testFlag: '1',
  },
  // The pages' own examples of these two leave out the order.
  expireInstance: { activity: 'expireInstance', instanceId, testFlag: '1' },
  releaseInstance: { activity: 'releaseInstance', instanceId, testFlag: '1' },
  upgrade: {
    activity: 'upgrade',
    amount: '6456',
    instanceId,
    orderId,
    productId: '00301-666688-0-0',
    saasExtendParams: extendParams,
    skuCode: 'd0abcd12-0000',
  },
  instanceStatus: { activity: 'instanceStatus', instanceId, instanceStatus: 'FREEZE', testFlag: '1' },
  queryInstance: { activity: 'queryInstance', instanceId: 'ebc28eb6-1,fe28e27e-2,92df74e4-3', testFlag: '1' },
  getLicense: {
    activity: 'getLicense',
    businessId: '7d1c0a52-4e0b-4f52-9a3e-000000000002',
    chargingMode: '1',
    customerId: '68cbc86000000000000d92f36422fa0e',
    customerName: 'invented',
    expireTime: '20210727153156',
    orderId,
    periodNumber: '1',
    periodType: 'year',
    productId: '00301-666666-0--0',
    provisionType: '1',
    saasExtendParams: extendParams,
    testFlag: '0',
    userId: 'u-1',
    userName: 'invented',
  },
  refreshLicense: {
    activity: 'refreshLicense',
    expireTime: '20220727153156',
    instanceId,
    orderId,
    periodNumber: '2',
    periodType: 'month',
  },
  expireLicense: { activity: 'expireLicense', instanceId, orderId },
  releaseLicense: { activity: 'releaseLicense', instanceId, orderId },
} as const satisfies { [Name in V1ActivityName]: Example & { readonly activity: Name } };
