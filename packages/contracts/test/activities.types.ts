import type { ServerInferRequest, ServerInferResponses } from '@ts-rest/core';
import type * as z from 'zod';
import type {
  ActivityAnswer,
  ActivityName,
  ActivityRequest,
  CreateRefusalCode,
  KeyClass,
  KeyRings,
  KitActivityName,
  KitAnswer,
  KitRequest,
  LicenseRefusalCode,
  ProductionRequest,
  ResultCode,
  StoreInterface,
  TokenRefusal,
  V1ActivityName,
  V1Answer,
  V1KitRequest,
  V1Request,
  Verification,
} from '../src/index.ts';
import {
  activities,
  type keyClassOf,
  type kitActivities,
  productionContractAt,
  result,
  type tokenRefusals,
  type v1Activities,
  type v1KitActivities,
} from '../src/index.ts';
import type { Equal, Expect } from './equal.ts';

type Scene = 'RENEWAL' | 'UNSUBSCRIBE_RENEWAL_PERIOD' | 'TRIAL_TO_FORMAL' | 'RENEWAL_CHANGE';
type LicenseActivity = 'refreshLicenseCode' | 'updateLicenseCodeStatus' | 'releaseLicenseCode';
type SaasActivity =
  | 'newInstance'
  | 'queryInstance'
  | 'refreshInstance'
  | 'updateInstanceStatus'
  | 'releaseInstance'
  | 'upgradeInstance'
  | 'changeInstanceCheck';
type AnyActivity = LicenseActivity | SaasActivity | 'getLicenseAsync' | 'orderNotify';
type KitActivity = 'tenantSync' | 'applicationSync' | 'authSync' | 'singleOrgSync' | 'allOrgSync';
type V1SaasActivity =
  | 'newInstance'
  | 'refreshInstance'
  | 'expireInstance'
  | 'releaseInstance'
  | 'upgrade'
  | 'instanceStatus'
  | 'queryInstance';
type V1LicenseActivity = 'getLicense' | 'refreshLicense' | 'expireLicense' | 'releaseLicense';
type CommonCode = '000000' | '000001' | '000002' | '000003' | '000004' | '000005';

interface Refresh {
  activity: 'refreshLicenseCode';
  scene: Scene;
  orderId: string;
  orderLineId: string;
  license: string;
  productId: string | undefined;
  expireTime: string;
  testFlag: boolean;
}
interface Update {
  activity: 'updateLicenseCodeStatus';
  license: string;
  status: 'FREEZE' | 'UNFREEZE';
  testFlag: boolean;
}
interface Release {
  activity: 'releaseLicenseCode';
  license: string;
  orderId: string | undefined;
  orderLineId: string | undefined;
  testFlag: boolean;
}
interface Query {
  activity: 'queryInstance';
  instanceId: readonly string[];
  testFlag: boolean;
}
interface Answer {
  resultCode: ResultCode;
  resultMsg: string;
}
interface CreateAnswer extends Answer {
  instanceId?: string | undefined;
}
interface Department {
  orgCode: string;
  orgName: string;
  parentCode: string;
}
interface AllDepartments {
  instanceId: string;
  tenantId: string;
  testFlag: boolean;
  timeStamp: string;
  orgInfoList: Department[];
}
interface V1Refresh {
  activity: 'refreshInstance';
  orderId: string;
  instanceId: string;
  productId: string | undefined;
  expireTime: string;
  trialToFormal: boolean;
  periodType: 'year' | 'month' | undefined;
  periodNumber: number | undefined;
  orderAmount: number | undefined;
  testFlag: boolean;
}

export type Activities = [
  Expect<Equal<ActivityName, AnyActivity>>,
  Expect<Equal<keyof typeof activities, AnyActivity>>,
  Expect<Equal<Members<ActivityRequest<'refreshLicenseCode'>>, Members<Refresh>>>,
  Expect<Equal<Members<ActivityRequest<'updateLicenseCodeStatus'>>, Members<Update>>>,
  Expect<Equal<Members<ActivityRequest<'releaseLicenseCode'>>, Members<Release>>>,
  Expect<Equal<Members<ActivityRequest<'queryInstance'>>, Members<Query>>>,
  Expect<Equal<ActivityRequest['activity'], AnyActivity>>,
  Expect<Equal<z.output<typeof ProductionRequest>['activity'], AnyActivity>>,
  Expect<Equal<Members<ActivityAnswer<Exclude<AnyActivity, 'newInstance' | 'queryInstance'>>>, Members<Answer>>>,
  Expect<Equal<Members<ActivityAnswer<'newInstance'>>, Members<CreateAnswer>>>,
  Expect<Equal<keyof ActivityAnswer<'queryInstance'>, keyof Answer | 'info'>>,
  Expect<Equal<ResultCode, CommonCode | CreateRefusalCode | LicenseRefusalCode>>,
  Expect<Equal<LicenseRefusalCode, '000900' | '000901' | '000902' | '000903'>>,
  Expect<Equal<ReturnType<typeof keyClassOf>, KeyClass | undefined>>,
  Expect<Equal<keyof KeyRings, KeyClass>>,
  Expect<Equal<Extract<Verification, { ok: false }>['refusal'], Exclude<TokenRefusal, 'nonce-replayed'>>>,
  Expect<Equal<(typeof tokenRefusals)[number], TokenRefusal>>,
];

export type Kit = [
  Expect<Equal<KitActivityName, KitActivity>>,
  Expect<Equal<keyof typeof kitActivities, KitActivity>>,
  Expect<Equal<keyof typeof v1KitActivities, KitActivity>>,
  Expect<Equal<KitRequest<'authSync'>['flag'], 0 | 1 | 2 | 3>>,
  Expect<Equal<V1KitRequest<'authSync'>['flag'], 0 | 1 | 2>>,
  Expect<Equal<V1KitRequest<'authSync'>['userList'], KitRequest<'authSync'>['userList']>>,
  Expect<Equal<KitRequest<'authSync'>['userList'][number]['employeeType'], 1 | 2 | 3 | 4 | undefined>>,
  Expect<Equal<Expand<KitRequest<'allOrgSync'>>, Expand<AllDepartments>>>,
  Expect<Equal<Expand<V1KitRequest<'allOrgSync'>>, Expand<AllDepartments>>>,
  Expect<Equal<Members<KitAnswer>, Members<Answer>>>,
];

export type V1 = [
  Expect<Equal<V1ActivityName, V1SaasActivity | V1LicenseActivity>>,
  Expect<Equal<keyof typeof v1Activities, V1SaasActivity | V1LicenseActivity>>,
  Expect<Equal<V1Request['activity'], V1SaasActivity | V1LicenseActivity>>,
  Expect<Equal<Members<V1Request<'refreshInstance'>>, Members<V1Refresh>>>,
  Expect<Equal<V1Request<'newInstance'>['chargingMode'], 0 | 1 | 3 | 5 | undefined>>,
  Expect<Equal<keyof V1Answer<'newInstance'>, keyof Answer | 'encryptType' | 'instanceId' | 'appInfo'>>,
  Expect<Equal<keyof V1Answer<'getLicense'>, keyof Answer | 'instanceId' | 'license'>>,
  Expect<Equal<Members<V1Answer<'upgrade'>>, Members<Answer>>>,
];

/** An interface and an object type with the same members are written alike. */
type Members<T> = { [K in keyof T]: T[K] };
type Expand<T> = T extends object ? { [K in keyof T]: Expand<T[K]> } : T;

/** The activity narrows the request. */
export function subject(request: ActivityRequest): string {
  switch (request.activity) {
    case 'refreshLicenseCode':
      return `${request.license} until ${request.expireTime}`;
    case 'updateLicenseCodeStatus':
      return `${request.license} ${request.status}`;
    case 'queryInstance':
      return request.instanceId.join();
    case 'changeInstanceCheck':
      return `${request.instanceId} to ${request.productInfo.length}`;
    case 'getLicenseAsync':
      return request.eventId;
    case 'newInstance':
    case 'orderNotify':
      return request.orderLineId;
    case 'refreshInstance':
    case 'updateInstanceStatus':
    case 'releaseInstance':
    case 'upgradeInstance':
      return request.instanceId;
    case 'releaseLicenseCode':
      // @ts-expect-error a release carries no status
      return `${request.license} ${request.status}`;
  }
}

/** What a handler of V1 Kit is given, one of 2.0 may be given as well. */
export const sameHandler = (request: V1KitRequest<'tenantSync'>): KitRequest<'tenantSync'> => request;

/** Any handler may refuse with a result and nothing else. */
export const refusals: [ActivityAnswer<AnyActivity>, ActivityAnswer<'newInstance'>, V1Answer<'getLicense'>] = [
  result('000005'),
  result('000106'),
  result('000002'),
];

/** The contract says what each route takes and answers. */
const contract = productionContractAt('/production');
export const answer: z.output<(typeof contract.production.responses)[200]> = result('000000');
export type Routes = [
  Expect<Equal<ServerInferRequest<typeof contract.production>['body'], ActivityRequest>>,
  Expect<Equal<ServerInferRequest<typeof contract.kit.authSync>['body'], KitRequest<'authSync'>>>,
  Expect<Equal<ServerInferRequest<typeof contract.v1Kit.allOrgSync>['body'], V1KitRequest<'allOrgSync'>>>,
  Expect<Equal<ServerInferRequest<typeof contract.v1>['query'], V1Request>>,
  Expect<Equal<keyof typeof contract.kit, KitActivity>>,
  Expect<Equal<keyof typeof contract.v1Kit, KitActivity>>,
];
export const kitAnswer: Extract<ServerInferResponses<typeof contract.kit.tenantSync>, { status: 200 }> = {
  status: 200,
  body: result('000000'),
};

export const direction: StoreInterface['direction'] = 'store to seller';

// @ts-expect-error no such code
result('000099');
// @ts-expect-error a table entry cannot be replaced
activities.refreshLicenseCode = activities.releaseLicenseCode;
