import type { ActivityName, activities } from '@koobridge/contracts';
import type * as z from 'zod';

/** A body of each activity, compact and alphabetical as the store sends it; ids are made up. */
export const examples: { readonly [Name in ActivityName]: z.input<(typeof activities)[Name]['request']> } = {
  refreshLicenseCode: {
    activity: 'refreshLicenseCode',
    expireTime: '20270115155959',
    license: 'PL-0001',
    orderId: 'CS-0002',
    orderLineId: 'CS-0002-000001',
    scene: 'RENEWAL',
    testFlag: '0',
  },
  updateLicenseCodeStatus: {
    activity: 'updateLicenseCodeStatus',
    license: 'PL-0001',
    status: 'FREEZE',
    testFlag: '0',
  },
  releaseLicenseCode: {
    activity: 'releaseLicenseCode',
    license: 'PL-0001',
    orderId: 'CS-0003',
    orderLineId: 'CS-0003-000001',
    testFlag: '0',
  },
  newInstance: {
    activity: 'newInstance',
    businessId: 'biz-0001',
    orderId: 'CS-0001',
    orderLineId: 'CS-0001-000001',
    testFlag: '0',
  },
  queryInstance: { activity: 'queryInstance', instanceId: 'ins-0001,ins-0002', testFlag: '0' },
  refreshInstance: {
    activity: 'refreshInstance',
    expireTime: '20270115155959',
    instanceId: 'ins-0001',
    orderId: 'CS-0002',
    orderLineId: 'CS-0002-000001',
    productId: 'prd-0002',
    scene: 'TRIAL_TO_FORMAL',
    testFlag: '0',
  },
  updateInstanceStatus: {
    activity: 'updateInstanceStatus',
    instanceId: 'ins-0001',
    status: 'UNFREEZE',
    testFlag: '0',
  },
  releaseInstance: { activity: 'releaseInstance', instanceId: 'ins-0001', testFlag: '0' },
  upgradeInstance: {
    activity: 'upgradeInstance',
    instanceId: 'ins-0001',
    orderId: 'CS-0004',
    orderLineId: 'CS-0004-000001',
    testFlag: '0',
  },
  changeInstanceCheck: {
    activity: 'changeInstanceCheck',
    instanceId: 'ins-0001',
    productInfo: { linearValue: 10, productId: 'prd-0002', skuCode: 'sku-0002' },
    testFlag: '0',
  },
  getLicenseAsync: {
    activity: 'getLicenseAsync',
    deviceFingerprint: '3f9a1c',
    effectiveTime: '2026-01-15 12:00:00 z',
    eventId: 'event-0001',
    expireTime: '2027-01-15 15:59:59 z',
    instanceId: 'ins-0001',
    testFlag: '0',
  },
  orderNotify: { activity: 'orderNotify', orderId: 'CS-0001', orderLineId: 'CS-0001-000001', testFlag: '0' },
};
