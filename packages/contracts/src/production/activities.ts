import * as z from 'zod';
import { stringTokenValue } from '../json/string-token.ts';
import { topLevelMembers } from '../json/top-level-members.ts';
import { refreshLicenseCode } from '../license-code/refresh-license-code.ts';
import { releaseLicenseCode } from '../license-code/release-license-code.ts';
import { updateLicenseCodeStatus } from '../license-code/update-license-code-status.ts';
import { getLicenseAsync } from '../license-online/get-license-async.ts';
import { orderNotify } from '../order-notice/order-notify.ts';
import { changeInstanceCheck } from '../saas/change-instance-check.ts';
import { newInstance } from '../saas/new-instance.ts';
import { queryInstance } from '../saas/query-instance.ts';
import { refreshInstance } from '../saas/refresh-instance.ts';
import { releaseInstance } from '../saas/release-instance.ts';
import { updateInstanceStatus } from '../saas/update-instance-status.ts';
import { upgradeInstance } from '../saas/upgrade-instance.ts';
import type { KeyClass } from '../token/key-ring.ts';
import type { AnswerOf, RequestOf } from './activity.ts';

/** Every activity that arrives at the production address itself by POST, by name. A new interface is a new entry. */
export const activities = {
  refreshLicenseCode,
  updateLicenseCodeStatus,
  releaseLicenseCode,
  newInstance,
  queryInstance,
  refreshInstance,
  updateInstanceStatus,
  releaseInstance,
  upgradeInstance,
  changeInstanceCheck,
  getLicenseAsync,
  orderNotify,
} as const;

export type ActivityName = keyof typeof activities;

/** What the store asks for, as read and checked. */
export type ActivityRequest<Name extends ActivityName = ActivityName> = RequestOf<typeof activities, Name>;

/** What the seller answers. */
export type ActivityAnswer<Name extends ActivityName = ActivityName> = AnswerOf<typeof activities, Name>;

/** Any body of the production address; `activity` tells which. */
export const ProductionRequest = z.discriminatedUnion('activity', [
  activities.refreshLicenseCode.request,
  activities.updateLicenseCodeStatus.request,
  activities.releaseLicenseCode.request,
  activities.newInstance.request,
  activities.queryInstance.request,
  activities.refreshInstance.request,
  activities.updateInstanceStatus.request,
  activities.releaseInstance.request,
  activities.upgradeInstance.request,
  activities.changeInstanceCheck.request,
  activities.getLicenseAsync.request,
  activities.orderNotify.request,
]);

/** Any answer of the production address. An exact one is in the table; this one lets through what any of them may hold. */
export const ProductionAnswer = z.object({
  ...activities.newInstance.answer.shape,
  ...activities.queryInstance.answer.shape,
});
export type ProductionAnswer = z.output<typeof ProductionAnswer>;

export const isActivityName = (name: unknown): name is ActivityName =>
  typeof name === 'string' && Object.hasOwn(activities, name);

/** Documented bodies have a few dozen members; whoever has no key shall not make us look through a hundred thousand. */
const membersSearched = 1_000;

/**
 * The key class of a body that is not verified yet; `undefined` when its activity is none we know, or stands behind a
 * thousand other members (R6). Reads no further than it must, and never throws.
 */
export function keyClassOf(text: string): KeyClass | undefined {
  let seen = 0;
  for (const { name, start, end } of topLevelMembers(text)) {
    seen += 1;
    if (seen > membersSearched) return undefined;
    if (name !== 'activity') continue;
    const activity = text[start] === '"' ? stringTokenValue(text.slice(start, end)) : undefined;
    return isActivityName(activity) ? activities[activity].keyClass : undefined;
  }
  return undefined;
}
