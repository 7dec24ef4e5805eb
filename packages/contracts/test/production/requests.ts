/** The documented example body of every activity of the production address, with invented ids. */
import type { ActivityName } from '../../src/index.ts';
import type { Example } from '../members.ts';

const instanceId = '7d1c0a52-4e0b-4f52-9a3e-000000000001';
const order = { orderId: 'CS2601010001ABCDE', orderLineId: 'CS2601010001ABCDE-000001' };

export const requests = {
  refreshLicenseCode: {
    activity: 'refreshLicenseCode',
    expireTime: '20230523201932',
    license: 'PLXXXXXX',
    ...order,
    productId: '12345',
    scene: 'RENEWAL',
    testFlag: '1',
  },
  updateLicenseCodeStatus: {
    activity: 'updateLicenseCodeStatus',
    license: 'PLXXXXXX',
    status: 'FREEZE',
    testFlag: '1',
  },
  releaseLicenseCode: { activity: 'releaseLicenseCode', license: 'PLXXXXXX', ...order, testFlag: '1' },
  newInstance: {
    activity: 'newInstance',
    businessId: '7d1c0a52-4e0b-4f52-9a3e-000000000002',
    ...order,
    testFlag: '0',
  },
  queryInstance: { activity: 'queryInstance', instanceId, testFlag: '1' },
  refreshInstance: {
    activity: 'refreshInstance',
    expireTime: '20221124023618256',
    instanceId,
    ...order,
    productId: 'OFFI461867333479170000',
    scene: 'RENEWAL',
    testFlag: '1',
  },
  updateInstanceStatus: { activity: 'updateInstanceStatus', instanceId, status: 'FREEZE', testFlag: '1' },
  releaseInstance: { activity: 'releaseInstance', instanceId, ...order, testFlag: '1' },
  upgradeInstance: { activity: 'upgradeInstance', instanceId, ...order, testFlag: '1' },
  // The page repeats the example of the upgrade; this is its table, with members seen in an older request.
  changeInstanceCheck: {
    activity: 'changeInstanceCheck',
    instanceId,
    productInfo: { linearValue: 20, productId: 'OFFI788960000000000000', skuCode: 'a63ee5c9-0000' },
    testFlag: '1',
  },
  getLicenseAsync: {
    activity: 'getLicenseAsync',
    eventId: '8e5694c8',
    instanceId: 'RA24LVS',
    effectiveTime: '2023-10-27 10:30:15 z',
    expireTime: '2024-10-27 10:30:15 z',
    deviceFingerprint: '86034e260e1',
  },
  orderNotify: { activity: 'orderNotify', ...order, testFlag: '1' },
} as const satisfies { [Name in ActivityName]: Example & { readonly activity: Name } };
