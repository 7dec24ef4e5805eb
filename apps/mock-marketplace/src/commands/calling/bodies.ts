import { type activities, formatStoreTime, type kitActivities } from '@koobridge/contracts';
import type * as z from 'zod';
import type { CallName } from '../../callbacks/calls.ts';

/** A documented body of every activity, for calls that no order of a marketplace causes. */

export interface Ingredients {
  /** Real time, milliseconds since the epoch. */
  readonly now: number;
  /** `length` upper-case letters and digits, others at each call. */
  readonly draw: (length: number) => string;
  readonly testFlag: boolean;
}

type Table = typeof activities & typeof kitActivities;
type Bodies = { readonly [Name in CallName]: (ingredients: Ingredients) => z.input<Table[Name]['request']> };

const instanceId = 'instance-1';
const license = 'PL0123456789ABCDEF';
const day = 86_400_000;

const flag = ({ testFlag }: Ingredients) => (testFlag ? ('1' as const) : ('0' as const));
const expiry = ({ now }: Ingredients): string => formatStoreTime(now + 365 * day);

function order({ now, draw }: Ingredients): { readonly orderId: string; readonly orderLineId: string } {
  const orderId = `CS${formatStoreTime(now).slice(2, 12)}${draw(5)}`;
  return { orderId, orderLineId: `${orderId}-000001` };
}

/** Milliseconds, in the time of Beijing, as the Kit has it. */
const kitTime = ({ now }: Ingredients): string => `${formatStoreTime(now + 8 * 3_600_000)}000`;

const kit = (ingredients: Ingredients) => ({
  instanceId,
  tenantId: 'tenant-1',
  testFlag: flag(ingredients),
  timeStamp: kitTime(ingredients),
});

const bodies: Bodies = {
  refreshLicenseCode: (its) => ({
    activity: 'refreshLicenseCode',
    scene: 'RENEWAL',
    ...order(its),
    license,
    expireTime: expiry(its),
    testFlag: flag(its),
  }),
  updateLicenseCodeStatus: (its) => ({
    activity: 'updateLicenseCodeStatus',
    license,
    status: 'FREEZE',
    testFlag: flag(its),
  }),
  releaseLicenseCode: (its) => ({ activity: 'releaseLicenseCode', license, testFlag: flag(its) }),
  newInstance: (its) => ({ activity: 'newInstance', ...order(its), businessId: its.draw(32), testFlag: flag(its) }),
  queryInstance: (its) => ({ activity: 'queryInstance', instanceId, testFlag: flag(its) }),
  refreshInstance: (its) => ({
    activity: 'refreshInstance',
    scene: 'RENEWAL',
    ...order(its),
    instanceId,
    expireTime: expiry(its),
    testFlag: flag(its),
  }),
  updateInstanceStatus: (its) => ({
    activity: 'updateInstanceStatus',
    instanceId,
    status: 'FREEZE',
    testFlag: flag(its),
  }),
  releaseInstance: (its) => ({ activity: 'releaseInstance', instanceId, testFlag: flag(its) }),
  upgradeInstance: (its) => ({ activity: 'upgradeInstance', instanceId, ...order(its), testFlag: flag(its) }),
  changeInstanceCheck: (its) => ({
    activity: 'changeInstanceCheck',
    instanceId,
    productInfo: [{ skuCode: 'sku-1', productId: 'product-1', linearValue: 1 }],
    testFlag: flag(its),
  }),
  getLicenseAsync: (its) => ({
    activity: 'getLicenseAsync',
    instanceId,
    effectiveTime: formatStoreTime(its.now),
    expireTime: expiry(its),
    eventId: its.draw(32),
    testFlag: flag(its),
  }),
  orderNotify: (its) => ({ activity: 'orderNotify', ...order(its), testFlag: flag(its) }),

  tenantSync: (its) => ({
    ...kit(its),
    orderId: order(its).orderId,
    tenantCode: 'acme',
    name: 'Acme Ltd',
    domainName: 'https://acme.example.com',
    flag: 1,
  }),
  applicationSync: (its) => ({
    ...kit(its),
    appId: 'app-1',
    clientId: 'client-1',
    clientSecret: 'encrypted-with-the-key-of-the-seller',
    flag: 1,
  }),
  authSync: (its) => ({
    ...kit(its),
    appId: 'app-1',
    userList: [{ userName: 'user1', name: 'User One', orgCode: 'org-1', role: 'user', enable: 'true' }],
    currentSyncTime: kitTime(its),
    flag: 1,
  }),
  singleOrgSync: (its) => ({ ...kit(its), orgCode: 'org-1', orgName: 'Head office', parentCode: '', flag: 1 }),
  allOrgSync: (its) => ({
    ...kit(its),
    orgInfoList: [
      { orgCode: 'org-1', orgName: 'Head office', parentCode: '' },
      { orgCode: 'org-2', orgName: 'Branch', parentCode: 'org-1' },
    ],
  }),
};

/** The members of a body, which an order, an instance or a code that the seller knows may be put into. */
export const documentedBody = (activity: CallName, ingredients: Ingredients): Readonly<Record<string, unknown>> => ({
  ...bodies[activity](ingredients),
});
