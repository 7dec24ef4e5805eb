import { allOrgSync } from '../kit/all-org-sync.ts';
import { applicationSync } from '../kit/application-sync.ts';
import { authSync } from '../kit/auth-sync.ts';
import { singleOrgSync } from '../kit/single-org-sync.ts';
import { tenantSync } from '../kit/tenant-sync.ts';
import { v1AllOrgSync } from '../v1/kit/all-org-sync.ts';
import { v1ApplicationSync } from '../v1/kit/application-sync.ts';
import { v1AuthSync } from '../v1/kit/auth-sync.ts';
import { v1SingleOrgSync } from '../v1/kit/single-org-sync.ts';
import { v1TenantSync } from '../v1/kit/tenant-sync.ts';
import type { AnswerOf, RequestOf } from './activity.ts';

/** The Kit interfaces of 2.0. No `activity` tells them apart but the path `{production address}/produceAPI/v2/{name}`. */
export const kitActivities = {
  tenantSync,
  applicationSync,
  authSync,
  singleOrgSync,
  allOrgSync,
} as const;

/** Those of V1, at `{production address}/produceAPI/{name}`; read as the same requests. */
export const v1KitActivities = {
  tenantSync: v1TenantSync,
  applicationSync: v1ApplicationSync,
  authSync: v1AuthSync,
  singleOrgSync: v1SingleOrgSync,
  allOrgSync: v1AllOrgSync,
} as const satisfies Record<keyof typeof kitActivities, unknown>;

export type KitActivityName = keyof typeof kitActivities;
export type KitRequest<Name extends KitActivityName = KitActivityName> = RequestOf<typeof kitActivities, Name>;
export type KitAnswer<Name extends KitActivityName = KitActivityName> = AnswerOf<typeof kitActivities, Name>;

/** Assignable to the request of the same name in 2.0. */
export type V1KitRequest<Name extends KitActivityName = KitActivityName> = RequestOf<typeof v1KitActivities, Name>;
export type V1KitAnswer<Name extends KitActivityName = KitActivityName> = AnswerOf<typeof v1KitActivities, Name>;

export const isKitActivityName = (name: unknown): name is KitActivityName =>
  typeof name === 'string' && Object.hasOwn(kitActivities, name);
