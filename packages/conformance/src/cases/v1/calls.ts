import type { Call, Message } from '../../flow/call.ts';
import type { Names } from '../../flow/names.ts';
import type { ProfileCalls } from '../../flow/open-flow.ts';
import { moments } from '../../messages/license.ts';
import { v1About, v1LicensePurchase, v1LicenseRefresh, v1Purchase, v1Refresh, v1Upgrade } from '../../messages/v1.ts';
import { v1Application, v1Authorization, v1Department, v1Organisation, v1Tenant } from '../../messages/v1-kit.ts';

const debugging = { testFlag: '1' } as const;

/** SaaS of the retired V1 as the store calls about it. */
export const v1Calls: ProfileCalls = {
  specimen: async ({ names }) => v1Purchase(names),
  debugging: (names) => {
    const id = names.id('instance');
    return [
      v1Purchase(names, debugging),
      v1About('queryInstance', id, debugging),
      v1Refresh(names, id, moments.near.written, debugging),
      v1About('instanceStatus', id, { instanceStatus: 'FREEZE', ...debugging }),
      v1Upgrade(names, id, debugging),
      v1About('expireInstance', id, debugging),
      v1About('releaseInstance', id, debugging),
    ];
  },
};

/** Its License. */
export const v1LicenseCalls: ProfileCalls = {
  specimen: async ({ names }) => v1LicensePurchase(names),
  debugging: (names) => {
    const id = names.id('instance');
    const { orderId } = names.order();
    return [
      v1LicensePurchase(names, debugging),
      v1LicenseRefresh(names, id, moments.near.written, debugging),
      v1About('expireLicense', id, { orderId, ...debugging }),
      v1About('releaseLicense', id, { orderId, ...debugging }),
    ];
  },
};

export const v1KitCompositions: Readonly<Record<string, (names: Names, more?: Message) => Call>> = {
  tenant: v1Tenant,
  application: v1Application,
  auth: v1Authorization,
  department: v1Department,
  organisation: v1Organisation,
};

/** Its Kit. */
export const v1KitCalls: ProfileCalls = {
  specimen: async ({ names }) => v1Tenant(names),
  debugging: (names) => Object.values(v1KitCompositions).map((compose) => compose(names, { testFlag: 1 })),
};
