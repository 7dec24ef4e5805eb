/** Where each interface is handled and tested, by its name. A name without a place does not compile. */
import type {
  ActivityName,
  KitActivityName,
  kitLoginApi,
  licenseOpenApi,
  OpenApi,
  orderQueryApi,
  StoreInterface,
  uploadApi,
  usagePushApi,
  V1ActivityName,
} from '@koobridge/contracts';

export interface Place {
  /** Files, from the repository's root. */
  readonly handled: readonly string[];
  /** Files and folders, from the repository's root. */
  readonly tests: readonly string[];
}

export type OpenApiName =
  | keyof typeof orderQueryApi
  | keyof typeof licenseOpenApi
  | keyof typeof usagePushApi
  | keyof typeof uploadApi
  | keyof typeof kitLoginApi;

const server = 'apps/server/src';
const market = 'apps/mock-marketplace';
const contracts = 'packages/contracts';
const contractTest = (name: string): string => `${contracts}/test/${name}.test.ts`;

const licenseCode = (test: string): Place => ({
  handled: [`${server}/licenses/decide.ts`],
  tests: [contractTest(`license-code/${test}`), 'apps/server/test/licenses'],
});
const saas = (test: string): Place => ({
  handled: [`${server}/instances/decide.ts`],
  tests: [contractTest(`saas/${test}`), 'apps/server/test/instances'],
});
const v1 = (test: string): Place => ({
  handled: [`${server}/production/v1-commands.ts`, `${server}/instances/decide.ts`],
  tests: [contractTest(`v1/${test}`), 'apps/server/test/v1'],
});
const kit = (test: string): Place => ({
  handled: [`${server}/tenants/command.ts`],
  tests: [contractTest(test), 'apps/server/test/kit'],
});

const activities: Readonly<Record<ActivityName, Place>> = {
  refreshLicenseCode: licenseCode('refresh-license-code'),
  updateLicenseCodeStatus: licenseCode('update-license-code-status'),
  releaseLicenseCode: licenseCode('release-license-code'),
  newInstance: saas('new-instance'),
  queryInstance: saas('query-instance'),
  refreshInstance: saas('refresh-instance'),
  updateInstanceStatus: saas('update-instance-status'),
  releaseInstance: saas('release-instance'),
  upgradeInstance: saas('upgrade-instance'),
  changeInstanceCheck: saas('change-instance-check'),
  getLicenseAsync: {
    handled: [`${server}/instances/applications.ts`],
    tests: [contractTest('license-online/get-license-async')],
  },
  orderNotify: {
    handled: [`${server}/orders/orders.ts`],
    tests: [contractTest('order-notice/order-notify'), 'apps/server/test/orders'],
  },
};

const kitActivities: Readonly<Record<KitActivityName, Place>> = {
  tenantSync: kit('kit/tenant-sync'),
  applicationSync: kit('kit/application-sync'),
  authSync: kit('kit/auth-sync'),
  singleOrgSync: kit('kit/single-org-sync'),
  allOrgSync: kit('kit/all-org-sync'),
};

const v1Activities: Readonly<Record<V1ActivityName, Place>> = {
  newInstance: v1('saas/new-instance'),
  refreshInstance: v1('saas/refresh-instance'),
  expireInstance: v1('saas/expire-instance'),
  releaseInstance: v1('saas/release-instance'),
  upgrade: v1('saas/upgrade'),
  instanceStatus: v1('saas/instance-status'),
  queryInstance: v1('saas/query-instance'),
  getLicense: v1('license/get-license'),
  refreshLicense: v1('license/refresh-license'),
  expireLicense: v1('license/expire-license'),
  releaseLicense: v1('license/release-license'),
};

const v1Kit: Place = {
  handled: [`${server}/tenants/command.ts`],
  tests: [contractTest('v1/kit/v1-kit'), 'apps/server/test/v1'],
};
const v1KitActivities: Readonly<Record<KitActivityName, Place>> = {
  tenantSync: v1Kit,
  applicationSync: v1Kit,
  authSync: v1Kit,
  singleOrgSync: v1Kit,
  allOrgSync: v1Kit,
};

const openApiTest = contractTest('open-api/open-apis');
const usagePush: Place = {
  handled: [`${server}/store/usage-push.ts`, `${server}/store/client.ts`],
  tests: [contractTest('open-api/usage-push'), openApiTest, 'apps/server/test/store/usage-push.test.ts'],
};
const kitLogin = (handled: string): Place => ({
  handled: [handled],
  tests: [contractTest('open-api/kit-login'), openApiTest, 'apps/server/test/store/kit-login.test.ts'],
});
const kitContract: Place = {
  handled: [`${contracts}/src/open-api/kit-login.ts`],
  tests: [contractTest('open-api/kit-login'), openApiTest],
};
const licenseTest = contractTest('open-api/license');

const openApis: Readonly<Record<OpenApiName, Place>> = {
  orderQuery: {
    handled: [`${server}/store/client.ts`, `${market}/src/open-api/order-query.ts`],
    tests: [contractTest('open-api/order-query'), `${market}/test/order-query.test.ts`],
  },
  activate: {
    handled: [`${market}/src/open-api/license.ts`],
    tests: [licenseTest, `${market}/test/activate.test.ts`],
  },
  activateBatch: {
    handled: [`${market}/src/open-api/activate-all.ts`],
    tests: [licenseTest, `${market}/test/activate-batch.test.ts`],
  },
  heartbeat: {
    handled: [`${server}/store/client.ts`, `${market}/src/open-api/license.ts`],
    tests: [licenseTest, `${market}/test/heartbeat.test.ts`, 'apps/server/test/confirmation'],
  },
  heartbeatBatch: {
    handled: [`${market}/src/open-api/license.ts`],
    tests: [licenseTest, `${market}/test/heartbeat.test.ts`],
  },
  softwareUsage: {
    handled: [`${market}/src/open-api/license.ts`],
    tests: [licenseTest, `${market}/test/software-usage.test.ts`],
  },
  usagePush,
  usagePushOld: usagePush,
  upload: {
    handled: [`${server}/store/upload.ts`, `${server}/store/client.ts`],
    tests: [contractTest('open-api/upload'), contractTest('open-api/compose-upload')],
  },
  authorize: kitLogin(`${server}/admin/kit-login.ts`),
  token: kitLogin(`${server}/store/kit-login.ts`),
  userInfo: kitLogin(`${server}/store/kit-login.ts`),
  logout: kitContract,
  casValidate: kitContract,
  casLogout: kitContract,
};

const inGroups: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  'POST 2.0': activities,
  'GET V1': v1Activities,
  'Kit 2.0': kitActivities,
  'Kit V1': v1KitActivities,
};

/** The place of a row; undefined only for a row whose name is no longer the name of what it stands for. */
export function placeOf(row: StoreInterface | OpenApi): Place | undefined {
  const group =
    row.direction === 'seller to store'
      ? openApis
      : inGroups[`${row.product === 'Kit' ? 'Kit' : row.method} ${row.generation}`];
  const places: Readonly<Record<string, Place>> = group ?? {};
  return Object.hasOwn(places, row.name) ? places[row.name] : undefined;
}
