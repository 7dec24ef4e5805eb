import * as z from 'zod';
import { v1ExpireLicense } from '../v1/license/expire-license.ts';
import { v1GetLicense } from '../v1/license/get-license.ts';
import { v1RefreshLicense } from '../v1/license/refresh-license.ts';
import { v1ReleaseLicense } from '../v1/license/release-license.ts';
import { v1ExpireInstance } from '../v1/saas/expire-instance.ts';
import { v1InstanceStatus } from '../v1/saas/instance-status.ts';
import { v1NewInstance } from '../v1/saas/new-instance.ts';
import { v1QueryInstance } from '../v1/saas/query-instance.ts';
import { v1RefreshInstance } from '../v1/saas/refresh-instance.ts';
import { v1ReleaseInstance } from '../v1/saas/release-instance.ts';
import { v1Upgrade } from '../v1/saas/upgrade.ts';
import type { AnswerOf, RequestOf } from './activity.ts';

/** Every activity of the retired V1 that arrives at the production address by GET. Some names are those of 2.0 (R25). */
export const v1Activities = {
  newInstance: v1NewInstance,
  refreshInstance: v1RefreshInstance,
  expireInstance: v1ExpireInstance,
  releaseInstance: v1ReleaseInstance,
  upgrade: v1Upgrade,
  instanceStatus: v1InstanceStatus,
  queryInstance: v1QueryInstance,
  getLicense: v1GetLicense,
  refreshLicense: v1RefreshLicense,
  expireLicense: v1ExpireLicense,
  releaseLicense: v1ReleaseLicense,
} as const;

export type V1ActivityName = keyof typeof v1Activities;
export type V1Request<Name extends V1ActivityName = V1ActivityName> = RequestOf<typeof v1Activities, Name>;
export type V1Answer<Name extends V1ActivityName = V1ActivityName> = AnswerOf<typeof v1Activities, Name>;

/** Any query of the production address; `activity` tells which. `authToken` and `timeStamp` are checked before it. */
export const V1Request = z.discriminatedUnion('activity', [
  v1Activities.newInstance.request,
  v1Activities.refreshInstance.request,
  v1Activities.expireInstance.request,
  v1Activities.releaseInstance.request,
  v1Activities.upgrade.request,
  v1Activities.instanceStatus.request,
  v1Activities.queryInstance.request,
  v1Activities.getLicense.request,
  v1Activities.refreshLicense.request,
  v1Activities.expireLicense.request,
  v1Activities.releaseLicense.request,
]);

/** Any answer to such a query. An exact one is in the table; this one lets through what any of them may hold. */
export const V1ProductionAnswer = z.object({
  ...v1Activities.newInstance.answer.shape,
  ...v1Activities.queryInstance.answer.shape,
  ...v1Activities.getLicense.answer.shape,
});
export type V1ProductionAnswer = z.output<typeof V1ProductionAnswer>;

export const isV1ActivityName = (name: unknown): name is V1ActivityName =>
  typeof name === 'string' && Object.hasOwn(v1Activities, name);
